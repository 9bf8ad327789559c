import { artifact } from "@eosin/plugin-api";
import { splitArtifact } from "@eosin/plugin-api/imaging";
import { z } from "zod";

export const options = z.strictObject({
  split: artifact(splitArtifact).describe("The fold that is predicted."),
  part: z.enum(["train", "validation", "test"]).default("test").describe("Which part of it."),
  threshold: z
    .number()
    .gt(0)
    .lt(1)
    .default(0.5)
    .describe("Darkness from which a pixel is tumour: 0 is white, 1 black."),
});

export type Options = z.output<typeof options>;

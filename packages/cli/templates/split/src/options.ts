import { artifact } from "@eosin/plugin-api";
import { datasetArtifact } from "@eosin/plugin-api/imaging";
import { z } from "zod";

export const options = z.strictObject({
  dataset: artifact(datasetArtifact).describe("What is split."),
  every: z
    .int()
    .min(3)
    .max(100)
    .default(4)
    .describe("Each so-many-th sample of a domain tests, and the one after it validates."),
});

export type Options = z.output<typeof options>;

import { artifacts } from "@eosin/plugin-api";
import { predictionsArtifact } from "@eosin/plugin-api/imaging";
import { z } from "zod";

export const options = z.strictObject({
  predictions: artifacts(predictionsArtifact).describe("What evaluators wrote, of all folds."),
  title: z.string().min(1).default("Predicted patches").describe("Title of the page."),
});

export type Options = z.output<typeof options>;

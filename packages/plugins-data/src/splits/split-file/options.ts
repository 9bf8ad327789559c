import { artifact } from "@eosin/plugin-api";
import { datasetArtifact } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { groupByAttribute } from "../split-options.js";

export const splitFileOptions = z.strictObject({
  dataset: artifact(datasetArtifact).describe("What is split."),
  file: z.string().min(1).describe("JSON: { folds: [{ train: [id…], validation: [id…], test: [id…] }…] }"),
  folds: z.array(z.int().min(0)).min(1).optional().describe("Only these folds, counted from 0."),
  groupBy: groupByAttribute,
});

export type SplitFileOptions = z.output<typeof splitFileOptions>;

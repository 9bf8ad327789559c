import { artifact } from "@eosin/plugin-api";
import { datasetArtifact } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { groupByAttribute, stratifyBy, validationFraction } from "../split-options.js";

export const stratifiedKfoldOptions = z.strictObject({
  dataset: artifact(datasetArtifact).describe("What is split."),
  k: z.int().min(2).default(4).describe("Number of folds."),
  by: stratifyBy,
  validation: validationFraction,
  groupBy: groupByAttribute,
});

export type StratifiedKfoldOptions = z.output<typeof stratifiedKfoldOptions>;

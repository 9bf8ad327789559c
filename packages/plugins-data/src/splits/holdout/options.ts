import { artifact } from "@eosin/plugin-api";
import { datasetArtifact } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { groupByAttribute, stratifyBy, validationFraction } from "../split-options.js";

export const holdoutOptions = z.strictObject({
  dataset: artifact(datasetArtifact).describe("What is split."),
  test: z.number().gt(0).lt(1).default(0.2).describe("Share of all samples that tests."),
  by: stratifyBy,
  validation: validationFraction,
  groupBy: groupByAttribute,
});

export type HoldoutOptions = z.output<typeof holdoutOptions>;

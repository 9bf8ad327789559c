import { artifact } from "@eosin/plugin-api";
import { datasetArtifact } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { groupByAttribute, validationFraction } from "../split-options.js";

const words = (...usual: string[]) => z.array(z.string().min(1)).min(1).default(usual);

export const splitColumnOptions = z.strictObject({
  dataset: artifact(datasetArtifact).describe(
    "What is split: its samples say in an attribute which part they belong to.",
  ),
  column: z.string().min(1).default("split").describe("The attribute that says it, e.g. a column of data/table."),
  train: words("train", "training").describe("What it says of samples that train; upper and lower case are the same."),
  validation: words("validation", "valid", "val", "dev").describe("What it says of samples that validate."),
  test: words("test", "testing").describe("What it says of samples that test."),
  validationShare: validationFraction.describe(
    "Where no sample says validation: the share of those that train which validates, stratified by domain.",
  ),
  groupBy: groupByAttribute,
});

export type SplitColumnOptions = z.output<typeof splitColumnOptions>;

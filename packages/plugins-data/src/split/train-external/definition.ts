import { artifact } from "@eosin/plugin-api";
import { datasetArtifact, defineSplit } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { groupByAttribute, validationFraction } from "../split-options.js";

export const trainExternalOptions = z.strictObject({
  train: artifact(datasetArtifact).describe("Trains and validates."),
  test: artifact(datasetArtifact).describe("Tests, all of it."),
  validation: validationFraction,
  groupBy: groupByAttribute,
});
export type TrainExternalOptions = z.output<typeof trainExternalOptions>;

export const trainExternal = defineSplit({
  type: "data/train-external",
  summary: "One split: trained on one dataset, tested on all of another.",
  options: trainExternalOptions,
  create: async ({ options }) => (await import("./train-external.js")).createTrainExternal(options),
});

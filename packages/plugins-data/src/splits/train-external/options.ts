import { artifact } from "@eosin/plugin-api";
import { datasetArtifact } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { groupByAttribute, validationFraction } from "../split-options.js";

export const trainExternalOptions = z.strictObject({
  train: artifact(datasetArtifact).describe("Trains and validates."),
  test: artifact(datasetArtifact).describe("Tests, all of it."),
  validation: validationFraction,
  groupBy: groupByAttribute,
});

export type TrainExternalOptions = z.output<typeof trainExternalOptions>;

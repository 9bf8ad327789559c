import { artifacts } from "@eosin/plugin-api";
import { datasetArtifact, defineDataset } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";

export const union = defineDataset({
  type: "data/union",
  summary: "Several datasets as one, in the order given; ids must not meet.",
  options: z.strictObject({
    datasets: artifacts(datasetArtifact).describe("e.g. [${steps.scanners}, ${steps.organs}]"),
  }),
  create: async (context) => (await import("./union.js")).createUnion(context.options.datasets, context.create),
});

import { defineDataset } from "@eosin/plugin-api/imaging";
import { unionOptions } from "./options.js";

export const union = defineDataset({
  type: "data/union",
  summary: "Several datasets as one, in the order given; ids must not meet.",
  options: unionOptions,
  create: async (context) => (await import("./union.js")).createUnion(context.options.datasets, context.create),
});

import { defineSplit } from "@eosin/plugin-api/imaging";
import { splitColumnOptions } from "./options.js";

export const splitColumn = defineSplit({
  type: "data/split-column",
  summary: "One split, by what an attribute says of each sample: train, validation or test.",
  options: splitColumnOptions,
  create: async ({ options }) => (await import("./split-column.js")).createSplitColumn(options),
});

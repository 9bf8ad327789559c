import { defineSplit } from "@eosin/plugin-api/imaging";
import { holdoutOptions } from "./options.js";

export const holdout = defineSplit({
  type: "data/holdout",
  summary: "One split into train, validation and test.",
  options: holdoutOptions,
  create: async ({ options }) => (await import("./holdout.js")).createHoldout(options),
});

import { defineSplit } from "@eosin/plugin-api/imaging";
import { innerFoldsOptions } from "./options.js";

export const innerFolds = defineSplit({
  type: "data/inner-folds",
  summary:
    "Divides a fold anew: k folds with its test part, whose validation parts together are all that it trains on.",
  options: innerFoldsOptions,
  create: async ({ options }) => (await import("./inner-folds.js")).createInnerFolds(options),
});

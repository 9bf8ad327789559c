import { defineSplit } from "@eosin/plugin-api/imaging";
import { stratifiedKfoldOptions } from "./options.js";

export const stratifiedKfold = defineSplit({
  type: "data/stratified-kfold",
  summary: "k folds, shuffled, with every domain in proportion in train, validation and test.",
  options: stratifiedKfoldOptions,
  create: async ({ options }) => (await import("./stratified-kfold.js")).createStratifiedKfold(options),
});

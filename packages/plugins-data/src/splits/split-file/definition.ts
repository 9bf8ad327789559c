import { defineSplit } from "@eosin/plugin-api/imaging";
import { splitFileOptions } from "./options.js";

export const splitFile = defineSplit({
  type: "data/split-file",
  summary: "Folds stored in a JSON file, e.g. the ones that another code drew.",
  options: splitFileOptions,
  files: ["file"],
  create: async ({ options }) => (await import("./split-file.js")).createSplitFile(options),
});

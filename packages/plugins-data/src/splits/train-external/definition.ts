import { defineSplit } from "@eosin/plugin-api/imaging";
import { trainExternalOptions } from "./options.js";

export const trainExternal = defineSplit({
  type: "data/train-external",
  summary: "One split: trained on one dataset, tested on all of another.",
  options: trainExternalOptions,
  create: async ({ options }) => (await import("./train-external.js")).createTrainExternal(options),
});

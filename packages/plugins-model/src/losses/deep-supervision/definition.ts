import { defineLoss } from "@eosin/plugin-api/learning";
import { deepSupervisionOptions } from "./options.js";

export const deepSupervision = defineLoss({
  type: "model/deep-supervision",
  summary: "Another loss at several scales of the network, weighted 1, ½, ¼, … as nnU-Net does.",
  options: deepSupervisionOptions,
  async create({ options, create }) {
    const { createDeepSupervision } = await import("./deep-supervision.js");
    return createDeepSupervision(await create(options.loss), options.levels);
  },
});

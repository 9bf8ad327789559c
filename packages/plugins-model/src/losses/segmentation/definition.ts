import { defineLoss } from "@eosin/plugin-api/learning";
import { segmentationOptions } from "./options.js";

export const segmentation = defineLoss({
  type: "model/segmentation",
  summary: "Loss of the mask alone: MCC, IoU, Dice, BCE, or a sum.",
  options: segmentationOptions,
  create: async ({ options }) => (await import("./segmentation.js")).createSegmentation(options),
});

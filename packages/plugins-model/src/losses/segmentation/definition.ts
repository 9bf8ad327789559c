import { defineLoss } from "@eosin/plugin-api/learning";
import { z } from "@eosin/plugin-api/zod";
import { segmentationOption } from "../segmentation-names.js";

export const segmentationOptions = z.strictObject({ segmentation: segmentationOption });

export const segmentation = defineLoss({
  type: "model/segmentation",
  summary: "Loss of the mask alone: MCC, IoU, Dice, BCE, or a sum.",
  options: segmentationOptions,
  async create({ options }) {
    const { createSegmentationLoss } = await import("./segmentation.js");
    return createSegmentationLoss(options);
  },
});

import { z } from "@eosin/plugin-api/zod";

/** Segmentation losses of the paper's code. `+` adds two of them. */
export const segmentationNames = ["mcc", "iou", "dice", "bce", "dice+bce", "dice+iou"] as const;

export type SegmentationName = (typeof segmentationNames)[number];

export const segmentationName = z
  .enum(segmentationNames)
  .default("mcc")
  .describe("Loss of the mask; all but bce are taken over the whole batch at once");

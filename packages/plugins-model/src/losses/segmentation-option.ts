import { type ComponentContext, type ComponentSpec, component, lossKind } from "@eosin/plugin-api";
import type { Loss } from "@eosin/plugin-api/learning";
import { z } from "@eosin/plugin-api/zod";
import { type SegmentationName, segmentationNames } from "./segmentation-names.js";

/** The loss of the mask inside another loss: one of the paper's by its name, or any loss. */
export const segmentationOption = z
  .union([z.enum(segmentationNames), component(lossKind)])
  .default("mcc")
  .describe("Loss of the mask, or another loss: { uses, with }; all named ones but bce are taken over the whole batch");

/** Creates what {@link segmentationOption} names. */
export async function segmentationLoss(
  chosen: SegmentationName | ComponentSpec<Loss>,
  create: ComponentContext<unknown>["create"],
): Promise<Loss> {
  if (typeof chosen !== "string") return create(chosen);
  const { createSegmentation } = await import("./segmentation/segmentation.js");
  return createSegmentation({ segmentation: chosen });
}

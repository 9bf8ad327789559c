import { z } from "@eosin/plugin-api/zod";
import { segmentationOption } from "../segmentation-option.js";

export const segmentationPlusReconstructionOptions = z.strictObject({
  segmentation: segmentationOption,
  alpha: z.number().min(0).default(0.3).describe("Weight of the reconstruction's mean squared error"),
  sparsity: z.number().min(0).default(0).describe("Weight of the mean |stain vector × density|"),
});

export type SegmentationPlusReconstructionOptions = z.output<typeof segmentationPlusReconstructionOptions>;

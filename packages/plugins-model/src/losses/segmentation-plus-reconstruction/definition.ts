import { defineLoss } from "@eosin/plugin-api/learning";
import { z } from "@eosin/plugin-api/zod";
import { segmentationOption } from "../segmentation-names.js";

export const segmentationPlusReconstructionOptions = z.strictObject({
  segmentation: segmentationOption,
  alpha: z.number().min(0).default(0.3).describe("Weight of the reconstruction's mean squared error"),
  sparsity: z.number().min(0).default(0).describe("Weight of the mean |stain vector × density|"),
});

export const segmentationPlusReconstruction = defineLoss({
  type: "model/segmentation-plus-reconstruction",
  summary: "L_seg + α · L_recon (Kim et al., 2025), with an optional sparsity term on density × stain vector.",
  options: segmentationPlusReconstructionOptions,
  async create({ options }) {
    const { createSegmentationPlusReconstruction } = await import("./segmentation-plus-reconstruction.js");
    return createSegmentationPlusReconstruction(options);
  },
});

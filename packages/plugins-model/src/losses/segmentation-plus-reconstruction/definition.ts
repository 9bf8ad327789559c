import { defineLoss } from "@eosin/plugin-api/learning";
import { segmentationLoss } from "../segmentation-option.js";
import { segmentationPlusReconstructionOptions } from "./options.js";

export const segmentationPlusReconstruction = defineLoss({
  type: "model/segmentation-plus-reconstruction",
  summary: "L_seg + α · L_recon (Kim et al., 2025), with an optional sparsity term on density × stain vector.",
  options: segmentationPlusReconstructionOptions,
  async create({ options, create }) {
    const { createSegmentationPlusReconstruction } = await import("./segmentation-plus-reconstruction.js");
    return createSegmentationPlusReconstruction(await segmentationLoss(options.segmentation, create), options);
  },
});

import { defineLoss } from "@eosin/plugin-api/learning";
import { segmentationLoss } from "../segmentation-option.js";
import { densitySupervisedOptions } from "./options.js";

export const densitySupervised = defineLoss({
  type: "model/density-supervised",
  summary: "L_seg + α · MSE of the stain densities to given ones (of SPCN, or the synthetic data's true ones).",
  options: densitySupervisedOptions,
  async create({ options, create }) {
    const { createDensitySupervised } = await import("./density-supervised.js");
    return createDensitySupervised(await segmentationLoss(options.segmentation, create), options);
  },
});

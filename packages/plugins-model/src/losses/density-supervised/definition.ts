import { defineLoss } from "@eosin/plugin-api/learning";
import { z } from "@eosin/plugin-api/zod";
import { segmentationOption } from "../segmentation-names.js";

export const densitySupervisedOptions = z.strictObject({
  segmentation: segmentationOption,
  alpha: z.number().min(0).default(0.3).describe("Weight of the densities' mean squared error"),
});

export const densitySupervised = defineLoss({
  type: "model/density-supervised",
  summary: "L_seg + α · MSE of the stain densities to given ones (of SPCN, or the synthetic data's true ones).",
  options: densitySupervisedOptions,
  async create({ options }) {
    const { createDensitySupervised } = await import("./density-supervised.js");
    return createDensitySupervised(options);
  },
});

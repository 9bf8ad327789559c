import { defineLoss } from "@eosin/plugin-api/learning";
import { segmentationLoss } from "../segmentation-option.js";
import { boundaryOptions } from "./options.js";

export const boundary = defineLoss({
  type: "model/boundary",
  summary: "L_seg + weight · the mean of probability × signed distance to the true boundary (Kervadec et al., 2019).",
  options: boundaryOptions,
  async create({ options, create }) {
    const { createBoundary } = await import("./boundary.js");
    return createBoundary(await segmentationLoss(options.segmentation, create), options);
  },
});

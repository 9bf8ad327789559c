import { z } from "@eosin/plugin-api/zod";
import { segmentationOption } from "../segmentation-option.js";

export const densitySupervisedOptions = z.strictObject({
  segmentation: segmentationOption,
  alpha: z.number().min(0).default(0.3).describe("Weight of the densities' mean squared error"),
});

export type DensitySupervisedOptions = z.output<typeof densitySupervisedOptions>;

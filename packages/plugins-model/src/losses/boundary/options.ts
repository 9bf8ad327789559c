import { z } from "@eosin/plugin-api/zod";
import { segmentationOption } from "../segmentation-option.js";

export const boundaryOptions = z.strictObject({
  segmentation: segmentationOption,
  weight: z.number().min(0).default(0.01).describe("Weight of the boundary term, a mean of distances in pixels."),
  classes: z
    .int()
    .min(1)
    .max(127)
    .default(1)
    .describe("Classes beside the background: 1 where tumour is the only one."),
});

export type BoundaryOptions = z.output<typeof boundaryOptions>;

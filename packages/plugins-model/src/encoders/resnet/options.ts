import { z } from "@eosin/plugin-api/zod";
import { pretrained } from "../pretrained-option.js";
import { depths } from "./depths.js";

export const resnetOptions = z.strictObject({
  depth: z.literal(depths).default(34).describe("Layers: 18 and 34 of plain blocks, 50 of bottlenecks"),
  dropConnect: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe("Drop-connect of the last residual block, growing from 0 at the first"),
  outputStride: z
    .literal([8, 16, 32])
    .optional()
    .describe(
      "Of the deepest feature: below 32 dilation takes the place of the last stages' strides, as model/deeplabv3-plus likes it; 32 unless set",
    ),
  pretrained,
});

export type ResnetOptions = z.output<typeof resnetOptions>;

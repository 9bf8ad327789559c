import { z } from "@eosin/plugin-api/zod";
import { pretrained } from "../pretrained-option.js";
import { variantNames } from "./variants.js";

export const efficientnetOptions = z.strictObject({
  variant: z
    .enum(variantNames)
    .default("b7")
    .describe("Width and depth grow with the number; lite… are without squeeze-excite, with ReLU6"),
  dropConnect: z
    .number()
    .min(0)
    .lt(1)
    .default(0.2)
    .describe("Drop-connect of the last residual block, growing from 0 at the first"),
  pretrained,
});

export type EfficientnetOptions = z.output<typeof efficientnetOptions>;

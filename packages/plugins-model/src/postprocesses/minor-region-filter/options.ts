import { z } from "@eosin/plugin-api/zod";

export const minorRegionFilterOptions = z
  .strictObject({
    below: z.number().min(0).max(1).default(0.05).describe("Predictions that cover at most this share are dropped."),
    above: z
      .number()
      .min(0)
      .max(1)
      .default(0.95)
      .describe("Predictions that cover more than this share fill the image."),
  })
  .refine(({ below, above }) => below < above, { message: "below must be less than above", path: ["below"] });

import { definePostprocess } from "@eosin/plugin-api/imaging";
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

export const minorRegionFilter = definePostprocess({
  type: "model/minor-region-filter",
  summary: "Empties masks that cover next to nothing and fills those that cover nearly everything.",
  options: minorRegionFilterOptions,
  create: async ({ options }) => new (await import("./minor-region-filter.js")).MinorRegionFilter(options),
});

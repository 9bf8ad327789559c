import { z } from "@eosin/plugin-api/zod";
import { baselineOptions } from "../baselines/options.js";

export const colourOptions = baselineOptions.extend({
  pixels: z
    .int()
    .min(1000)
    .max(20_000_000)
    .default(200_000)
    .describe(
      "Training pixels that the regression is fitted on, drawn evenly from the images; all where there are fewer.",
    ),
});

export type ColourOptions = z.output<typeof colourOptions>;

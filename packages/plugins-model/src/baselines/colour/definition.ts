import { defineEvaluator } from "@eosin/plugin-api";
import { predictionsArtifact } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { baselineOptions } from "../options.js";

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

export const colour = defineEvaluator({
  type: "model/baseline-colour",
  summary: "Baseline: each pixel judged by its colour alone, by logistic regression on quadratic RGB features.",
  options: colourOptions,
  produces: predictionsArtifact,
  immaterial: ["workers"],
  resources: ({ workers }) => ({ loaders: workers }),
  check: async ({ options }, inputs) => (await import("../check-baseline.js")).checkBaseline(options, inputs, "fitted"),
  create: async (context) => {
    const { runBaseline } = await import("../baseline.js");
    const { ColourBaseline } = await import("./colour.js");
    return { run: (step) => runBaseline(context, step, new ColourBaseline(context.options.pixels, step)) };
  },
});

import { defineEvaluator } from "@eosin/plugin-api";
import { predictionsArtifact } from "@eosin/plugin-api/imaging";
import { colourOptions } from "./options.js";

export const colour = defineEvaluator({
  type: "model/baseline-colour",
  summary: "Baseline: each pixel judged by its colour alone, by logistic regression on quadratic RGB features.",
  options: colourOptions,
  produces: predictionsArtifact,
  immaterial: ["workers"],
  resources: ({ workers }) => ({ loaders: workers }),
  check: async ({ options }, inputs) =>
    (await import("../baselines/check-baseline.js")).checkBaseline(options, inputs, "fitted"),
  create: async (context) => {
    const { runBaseline } = await import("../baselines/baseline.js");
    const { ColourBaseline } = await import("./baseline-colour.js");
    return { run: (step) => runBaseline(context, step, new ColourBaseline(context.options.pixels, step)) };
  },
});

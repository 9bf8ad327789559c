import { defineEvaluator } from "@eosin/plugin-api";
import { predictionsArtifact } from "@eosin/plugin-api/imaging";
import { baselineOptions } from "../baselines/options.js";

export const allForeground = defineEvaluator({
  type: "model/baseline-all-foreground",
  summary: "Baseline: everything is tumour.",
  options: baselineOptions,
  produces: predictionsArtifact,
  immaterial: ["workers"],
  resources: ({ workers }) => ({ loaders: workers }),
  check: async ({ options }, inputs) => (await import("../baselines/check-baseline.js")).checkBaseline(options, inputs),
  create: async (context) => {
    const { runBaseline } = await import("../baselines/baseline.js");
    const { everythingIsTumour } = await import("./baseline-all-foreground.js");
    return { run: (step) => runBaseline(context, step, everythingIsTumour) };
  },
});

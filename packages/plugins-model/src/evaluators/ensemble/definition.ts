import { defineEvaluator } from "@eosin/plugin-api";
import { predictionsArtifact } from "@eosin/plugin-api/imaging";
import { ensembleOptions } from "./options.js";

export const ensemble = defineEvaluator({
  type: "model/ensemble",
  summary: "Averages what several models say of the same patches.",
  options: ensembleOptions,
  produces: predictionsArtifact,
  create: async (context) => new (await import("./ensemble.js")).Ensemble(context),
});

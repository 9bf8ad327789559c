import { defineReporter } from "@eosin/plugin-api";
import { mlflowOptions, mlflowRunsArtifact } from "./options.js";

export const mlflow = defineReporter({
  type: "metrics/mlflow",
  summary: "Sends parameters and figures by epoch to an MLflow tracking server.",
  options: mlflowOptions,
  produces: mlflowRunsArtifact,
  create: async (context) => (await import("./mlflow.js")).createMlflow(context),
});

import { definePlugin } from "@eosin/plugin-api";
import { metricComponents } from "./metrics/components.js";
import { segmentationReport } from "./report/definition.js";
import { mlflow } from "./tracking/mlflow/definition.js";
import { tensorboard } from "./tracking/tensorboard/definition.js";

export default definePlugin({
  name: "@eosin/plugins-metrics",
  components: [...metricComponents, segmentationReport, mlflow, tensorboard],
});

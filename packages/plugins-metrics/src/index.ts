import { definePlugin } from "@eosin/plugin-api";
import { ownMetrics } from "./metrics/own-metrics.js";
import { mlflow } from "./reporters/mlflow/definition.js";
import { segmentationReport } from "./reporters/segmentation-report/definition.js";
import { tensorboard } from "./reporters/tensorboard/definition.js";

export default definePlugin({
  name: "@eosin/plugins-metrics",
  components: [...ownMetrics, segmentationReport, mlflow, tensorboard],
});

import { definePlugin } from "@eosin/plugin-api";
import { metricComponents } from "./metrics/components.js";
import { segmentationReport } from "./report/definition.js";

export default definePlugin({ name: "@eosin/plugins-metrics", components: [...metricComponents, segmentationReport] });

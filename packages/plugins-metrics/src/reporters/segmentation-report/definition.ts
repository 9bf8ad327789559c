import { defineReporter, reportArtifact } from "@eosin/plugin-api";
import { reportOptions } from "./options.js";

export const segmentationReport = defineReporter({
  type: "metrics/segmentation-report",
  summary: "One HTML file with tables, curves and cases, beside JSON and CSV; asks nothing of the network.",
  options: reportOptions,
  produces: reportArtifact,
  doesWithout: ["predictions", "baselines", "models", "stains"],
  create: async (context) => (await import("./segmentation-report.js")).createSegmentationReport(context),
});

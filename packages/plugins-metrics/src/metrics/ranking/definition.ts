import { noOptions } from "@eosin/plugin-api";
import { defineMetric } from "@eosin/plugin-api/learning";

export const auroc = defineMetric({
  type: "metrics/auroc",
  summary: "Area under the ROC curve of the probabilities; undefined where one class is absent.",
  options: noOptions,
  create: async () => ({ higherIsBetter: true, measure: (await import("./ranking.js")).areaUnderRoc }),
});

export const prAuc = defineMetric({
  type: "metrics/pr-auc",
  summary: "Area under the precision-recall curve (average precision); undefined without tumour.",
  options: noOptions,
  create: async () => ({ higherIsBetter: true, measure: (await import("./ranking.js")).averagePrecision }),
});

import { accuracy, dice, f1, iou, score, sensitivity, specificity } from "./confusion-metrics.js";
import { auroc, prAuc } from "./ranking-metrics.js";

export const metricComponents = [dice, iou, score, f1, accuracy, sensitivity, specificity, auroc, prAuc] as const;

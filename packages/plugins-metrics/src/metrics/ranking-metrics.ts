import { noOptions } from "@eosin/plugin-api";
import { defineMetric, type JudgedPixels } from "@eosin/plugin-api/learning";
import { visitRanking } from "./ranking.js";

/** Area under the ROC curve by the Mann–Whitney statistic; ties count half. NaN where one class is absent. */
export function areaUnderRoc({ probability, truth }: Pick<JudgedPixels, "probability" | "truth">): number {
  let positivesAbove = 0;
  let positivesTotal = 0;
  let negativesTotal = 0;
  let pairs = 0;
  visitRanking(probability, truth, (positives, negatives) => {
    pairs += negatives * (positivesAbove + positives / 2);
    positivesAbove += positives;
    positivesTotal += positives;
    negativesTotal += negatives;
  });
  return positivesTotal === 0 || negativesTotal === 0 ? Number.NaN : pairs / (positivesTotal * negativesTotal);
}

/** Average precision: Σ (recall step) · precision, as scikit-learn's `average_precision_score`. NaN without positives. */
export function averagePrecision({ probability, truth }: Pick<JudgedPixels, "probability" | "truth">): number {
  let found = 0;
  let seen = 0;
  let sum = 0;
  visitRanking(probability, truth, (positives, negatives) => {
    found += positives;
    seen += positives + negatives;
    sum += positives * (found / seen);
  });
  return found === 0 ? Number.NaN : sum / found;
}

export const auroc = defineMetric({
  type: "metrics/auroc",
  summary: "Area under the ROC curve of the probabilities; undefined where one class is absent.",
  options: noOptions,
  create: () => ({ higherIsBetter: true, measure: areaUnderRoc }),
});

export const prAuc = defineMetric({
  type: "metrics/pr-auc",
  summary: "Area under the precision-recall curve (average precision); undefined without tumour.",
  options: noOptions,
  create: () => ({ higherIsBetter: true, measure: averagePrecision }),
});

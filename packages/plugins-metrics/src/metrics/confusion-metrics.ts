import { noOptions } from "@eosin/plugin-api";
import { defineMetric } from "@eosin/plugin-api/learning";
import { type Confusion, countConfusion, ratio } from "./confusion.js";

function confusionMetric(type: string, summary: string, figure: (counts: Confusion) => number) {
  return defineMetric({
    type,
    summary,
    options: noOptions,
    create: () => ({ higherIsBetter: true, measure: (pixels) => figure(countConfusion(pixels)) }),
  });
}

/** 2·TP / (2·TP + FP + FN); 1 where truth and prediction are both empty. */
export function diceOf({ truePositive, falsePositive, falseNegative }: Confusion): number {
  return ratio(2 * truePositive, 2 * truePositive + falsePositive + falseNegative, 1);
}

/** TP / (TP + FP + FN); 1 where truth and prediction are both empty. */
export function iouOf({ truePositive, falsePositive, falseNegative }: Confusion): number {
  return ratio(truePositive, truePositive + falsePositive + falseNegative, 1);
}

export const dice = confusionMetric("metrics/dice", "Dice: 2·TP / (2·TP + FP + FN); both empty scores 1.", diceOf);

export const iou = confusionMetric(
  "metrics/iou",
  "Intersection over union: TP / (TP + FP + FN); both empty scores 1.",
  iouOf,
);

export const score = confusionMetric(
  "metrics/score",
  "The COSAS challenge's score: (Dice + IoU) / 2.",
  (counts) => (diceOf(counts) + iouOf(counts)) / 2,
);

export const f1 = confusionMetric(
  "metrics/f1",
  "F1 of the tumour pixels from precision and sensitivity; 0 where no tumour pixel was found, both empty scores 1.",
  (counts) => {
    const { truePositive, falsePositive, falseNegative } = counts;
    if (truePositive + falsePositive + falseNegative === 0) return 1;
    const precision = ratio(truePositive, truePositive + falsePositive, 0);
    const sensitivity = ratio(truePositive, truePositive + falseNegative, 0);
    return ratio(2 * precision * sensitivity, precision + sensitivity, 0);
  },
);

export const accuracy = confusionMetric(
  "metrics/accuracy",
  "Share of pixels that are right.",
  ({ truePositive, falsePositive, falseNegative, trueNegative }) =>
    (truePositive + trueNegative) / (truePositive + trueNegative + falsePositive + falseNegative),
);

export const sensitivity = confusionMetric(
  "metrics/sensitivity",
  "Share of the tumour's pixels that were found; undefined without tumour.",
  ({ truePositive, falseNegative }) => ratio(truePositive, truePositive + falseNegative, Number.NaN),
);

export const specificity = confusionMetric(
  "metrics/specificity",
  "Share of the other pixels that were left alone; undefined where all is tumour.",
  ({ trueNegative, falsePositive }) => ratio(trueNegative, trueNegative + falsePositive, Number.NaN),
);

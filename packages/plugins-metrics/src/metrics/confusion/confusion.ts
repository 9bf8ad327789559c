import type { JudgedPixels, Metric } from "@eosin/plugin-api/learning";

/** Pixels by truth and prediction. */
interface Confusion {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly trueNegative: number;
}

function countConfusion({ truth, prediction }: Pick<JudgedPixels, "truth" | "prediction">): Confusion {
  let truePositive = 0;
  let positive = 0;
  let predicted = 0;
  for (let i = 0; i < truth.length; i++) {
    truePositive += truth[i] & prediction[i];
    positive += truth[i];
    predicted += prediction[i];
  }
  return {
    truePositive,
    falsePositive: predicted - truePositive,
    falseNegative: positive - truePositive,
    trueNegative: truth.length - positive - predicted + truePositive,
  };
}

/** 2·TP / (2·TP + FP + FN); 1 where truth and prediction are both empty. */
function diceOf({ truePositive, falsePositive, falseNegative }: Confusion): number {
  return ratio(2 * truePositive, 2 * truePositive + falsePositive + falseNegative, 1);
}

/** TP / (TP + FP + FN); 1 where truth and prediction are both empty. */
function iouOf({ truePositive, falsePositive, falseNegative }: Confusion): number {
  return ratio(truePositive, truePositive + falsePositive + falseNegative, 1);
}

/** From precision and sensitivity; 0 where no tumour pixel was found, 1 where truth and prediction are both empty. */
function f1Of({ truePositive, falsePositive, falseNegative }: Confusion): number {
  if (truePositive + falsePositive + falseNegative === 0) return 1;
  const precision = ratio(truePositive, truePositive + falsePositive, 0);
  const sensitivity = ratio(truePositive, truePositive + falseNegative, 0);
  return ratio(2 * precision * sensitivity, precision + sensitivity, 0);
}

function accuracyOf({ truePositive, falsePositive, falseNegative, trueNegative }: Confusion): number {
  return (truePositive + trueNegative) / (truePositive + trueNegative + falsePositive + falseNegative);
}

/** By the last parts of their types. */
const figures = {
  dice: diceOf,
  iou: iouOf,
  score: (counts: Confusion) => (diceOf(counts) + iouOf(counts)) / 2,
  f1: f1Of,
  accuracy: accuracyOf,
  sensitivity: ({ truePositive, falseNegative }: Confusion) =>
    ratio(truePositive, truePositive + falseNegative, Number.NaN),
  specificity: ({ trueNegative, falsePositive }: Confusion) =>
    ratio(trueNegative, trueNegative + falsePositive, Number.NaN),
};

export type ConfusionFigure = keyof typeof figures;

export function createConfusionMetric(name: ConfusionFigure): Metric {
  return { higherIsBetter: true, measure: (pixels) => figures[name](countConfusion(pixels)) };
}

/** a / b, and `empty` where b is 0. */
function ratio(a: number, b: number, empty: number): number {
  return b === 0 ? empty : a / b;
}

import type { JudgedPixels } from "@eosin/plugin-api/learning";

/** Pixels by truth and prediction. */
export interface Confusion {
  readonly truePositive: number;
  readonly falsePositive: number;
  readonly falseNegative: number;
  readonly trueNegative: number;
}

export function countConfusion({ truth, prediction }: Pick<JudgedPixels, "truth" | "prediction">): Confusion {
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

/** a / b, and `empty` where b is 0. */
export function ratio(a: number, b: number, empty: number): number {
  return b === 0 ? empty : a / b;
}

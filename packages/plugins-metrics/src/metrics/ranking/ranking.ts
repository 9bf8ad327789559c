import type { JudgedPixels } from "@eosin/plugin-api/learning";

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

/**
 * Walks the thresholds of a ranking from the highest probability down.
 * @param probability n values in 0…1 (never negative: the bits of non-negative floats sort as integers).
 * @param truth n values, 0/1.
 * @param visit Gets the pixels of each group of equal probability: how many are positive, how many negative.
 */
function visitRanking(
  probability: Float32Array,
  truth: Uint8Array,
  visit: (positives: number, negatives: number) => void,
): void {
  const bits = new Uint32Array(probability.buffer, probability.byteOffset, probability.length);
  const keys = new Float64Array(bits.length);
  for (let i = 0; i < bits.length; i++) keys[i] = bits[i] * 2 + truth[i];
  keys.sort();
  let i = keys.length - 1;
  while (i >= 0) {
    const group = Math.floor(keys[i] / 2);
    let positives = 0;
    let negatives = 0;
    for (; i >= 0 && Math.floor(keys[i] / 2) === group; i--) {
      if (keys[i] % 2 === 1) positives++;
      else negatives++;
    }
    visit(positives, negatives);
  }
}

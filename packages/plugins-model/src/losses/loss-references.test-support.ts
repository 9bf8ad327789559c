/** The losses in float64, straight from their definitions over soft counts. */
export type Reference = (logits: readonly number[], mask: readonly number[]) => number;

const sigmoid = (x: number) => 1 / (1 + Math.exp(-x));

function softCounts(logits: readonly number[], mask: readonly number[]) {
  let [tp, fp, fn, tn] = [0, 0, 0, 0];
  logits.forEach((logit, i) => {
    const p = sigmoid(logit);
    tp += p * mask[i];
    fp += p * (1 - mask[i]);
    fn += (1 - p) * mask[i];
    tn += (1 - p) * (1 - mask[i]);
  });
  return { tp, fp, fn, tn };
}

const mcc: Reference = (logits, mask) => {
  const { tp, fp, fn, tn } = softCounts(logits, mask);
  return 1 - (tp * tn - fp * fn) / (Math.sqrt((tp + fp) * (tp + fn) * (tn + fp) * (tn + fn)) + 1);
};

const iou: Reference = (logits, mask) => {
  const { tp, fp, fn } = softCounts(logits, mask);
  return 1 - (tp + 1e-4) / (tp + fp + fn + 1e-4);
};

const dice =
  (smooth: number): Reference =>
  (logits, mask) => {
    const { tp, fp, fn } = softCounts(logits, mask);
    return 1 - (2 * tp + smooth) / (2 * tp + fp + fn + smooth);
  };

const bce: Reference = (logits, mask) =>
  logits.reduce((sum, logit, i) => sum - Math.log(sigmoid(mask[i] ? logit : -logit)), 0) / logits.length;

const sum =
  (a: Reference, b: Reference): Reference =>
  (logits, mask) =>
    a(logits, mask) + b(logits, mask);

export const references = {
  mcc,
  iou,
  dice: dice(0.01),
  bce,
  "dice+bce": sum(dice(1), bce),
  "dice+iou": sum(dice(0.01), iou),
};

/** Central differences of a float64 function. */
export function numericalGradient(f: (x: readonly number[]) => number, at: readonly number[]): number[] {
  const step = 1e-5;
  return at.map((value, i) => {
    const moved = (to: number) => f(at.with(i, to));
    return (moved(value + step) - moved(value - step)) / (2 * step);
  });
}

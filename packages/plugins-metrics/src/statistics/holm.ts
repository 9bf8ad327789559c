/**
 * Holm's step-down correction (1979) of the p-values of one family: the chance of any false finding among them stays
 * under the level. As `p.adjust(method = "holm")` in R.
 * @returns Adjusted p-values in the order given, at most 1. NaN stays NaN and counts as no test.
 */
export function holm(pValues: readonly number[]): readonly number[] {
  const order = pValues.flatMap((p, index) => (Number.isNaN(p) ? [] : [index])).sort((a, b) => pValues[a] - pValues[b]);
  const adjusted = pValues.map(() => Number.NaN);
  let largest = 0;
  order.forEach((index, rank) => {
    largest = Math.max(largest, Math.min(1, pValues[index] * (order.length - rank)));
    adjusted[index] = largest;
  });
  return adjusted;
}

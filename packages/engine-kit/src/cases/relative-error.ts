/** ‖value − truth‖₂ / ‖truth‖₂ */
export function relativeError(value: ArrayLike<number>, truth: ArrayLike<number>): number {
  if (value.length !== truth.length) return Number.POSITIVE_INFINITY;
  let difference = 0;
  let norm = 0;
  for (let i = 0; i < truth.length; i++) {
    difference += (value[i] - truth[i]) ** 2;
    norm += truth[i] ** 2;
  }
  const error = Math.sqrt(difference / Math.max(norm, 1e-30));
  return Number.isNaN(error) ? Number.POSITIVE_INFINITY : error;
}

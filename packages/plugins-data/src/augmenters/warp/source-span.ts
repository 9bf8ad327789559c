/** Pixels of an axis, the last one included. */
export interface Span {
  readonly first: number;
  readonly last: number;
}

/** Coordinates are rounded to 65536ths, and may end a little further out. */
const ROUNDING = 1e-3;

/**
 * The pixels of an axis that bilinear values between two coordinates are made of, where the axis goes on as its own
 * reflection.
 */
export function sourceSpan(low: number, high: number, size: number): Span {
  const first = Math.floor(low - ROUNDING);
  const last = Math.floor(high + ROUNDING) + 1;
  if (first < -size || last >= 2 * size) return { first: 0, last: size - 1 };
  return {
    first: Math.max(0, Math.min(first, last >= size ? 2 * size - 1 - last : size - 1, size - 1)),
    last: Math.min(size - 1, Math.max(last, first < 0 ? -1 - first : 0, 0)),
  };
}

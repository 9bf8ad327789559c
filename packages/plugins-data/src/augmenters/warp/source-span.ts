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
  const edge = size - 1;
  if (first < -edge || last > 2 * edge) return { first: 0, last: edge };
  return {
    first: Math.max(0, Math.min(first, last > edge ? 2 * edge - last : edge)),
    last: Math.min(edge, Math.max(last, -first)),
  };
}

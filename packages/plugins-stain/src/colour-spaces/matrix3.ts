/** A 3×3 matrix, row-major. */
export type Matrix3 = readonly [number, number, number, number, number, number, number, number, number];

/** @returns The inverse by cofactors. The determinant must not be 0. */
export function inverse([a, b, c, d, e, f, g, h, i]: Matrix3): Matrix3 {
  const first = e * i - f * h;
  const second = f * g - d * i;
  const third = d * h - e * g;
  const scale = 1 / (a * first + b * second + c * third);
  return [
    first * scale,
    (c * h - b * i) * scale,
    (b * f - c * e) * scale,
    second * scale,
    (a * i - c * g) * scale,
    (c * d - a * f) * scale,
    third * scale,
    (b * g - a * h) * scale,
    (a * e - b * d) * scale,
  ];
}

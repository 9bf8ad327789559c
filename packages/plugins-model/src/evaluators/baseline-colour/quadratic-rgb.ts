/** Features of a colour: 1, r, g, b, r², g², b², rg, rb, gb. */
export const QUADRATIC_RGB = 10;

/** Writes the features of a pixel into a row of `target`. Channels are scaled from 0…255 to −1…1. */
export function writeQuadraticRgb(rgb: Uint8Array, pixel: number, target: Float64Array, row: number): void {
  const r = rgb[3 * pixel] / 127.5 - 1;
  const g = rgb[3 * pixel + 1] / 127.5 - 1;
  const b = rgb[3 * pixel + 2] / 127.5 - 1;
  let at = row * QUADRATIC_RGB;
  target[at++] = 1;
  target[at++] = r;
  target[at++] = g;
  target[at++] = b;
  target[at++] = r * r;
  target[at++] = g * g;
  target[at++] = b * b;
  target[at++] = r * g;
  target[at++] = r * b;
  target[at] = g * b;
}

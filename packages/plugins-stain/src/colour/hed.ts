import { inverse, type Matrix3 } from "./matrix3.js";

/**
 * Haematoxylin, eosin and DAB by colour deconvolution (Ruifrok & Johnston, 2001), in scikit-image's units:
 * s = max(0, (ln max(rgb, 1e-6) / ln 1e-6) · R⁻¹), rgb in 0…1, rows of R the stains' optical densities.
 */
const STAINS: Matrix3 = [0.65, 0.7, 0.29, 0.07, 0.99, 0.11, 0.27, 0.57, 0.78];
const UNMIX = inverse(STAINS);
const LOG_FLOOR = Math.log(1e-6);
const LOG = Float64Array.from({ length: 256 }, (_, v) => Math.log(Math.max(v / 255, 1e-6)) / LOG_FLOOR);

/**
 * @param rgb Interleaved bytes.
 * @param hed Receives as many non-negative densities.
 */
export function rgbToHed(rgb: Uint8Array, hed: Float64Array): void {
  const [a, b, c, d, e, f, g, h, i] = UNMIX;
  for (let at = 0; at + 2 < rgb.length; at += 3) {
    const red = LOG[rgb[at]];
    const green = LOG[rgb[at + 1]];
    const blue = LOG[rgb[at + 2]];
    hed[at] = Math.max(0, red * a + green * d + blue * g);
    hed[at + 1] = Math.max(0, red * b + green * e + blue * h);
    hed[at + 2] = Math.max(0, red * c + green * f + blue * i);
  }
}

/**
 * @param hed Interleaved densities; negative ones brighten.
 * @param rgb Receives as many values in 0…1, clipped; may be `hed`.
 */
export function hedToRgb(hed: Float64Array, rgb: Float64Array): void {
  const [a, b, c, d, e, f, g, h, i] = STAINS.map((weight) => weight * LOG_FLOOR);
  for (let at = 0; at + 2 < hed.length; at += 3) {
    const x = hed[at];
    const y = hed[at + 1];
    const z = hed[at + 2];
    rgb[at] = Math.min(1, Math.exp(x * a + y * d + z * g));
    rgb[at + 1] = Math.min(1, Math.exp(x * b + y * e + z * h));
    rgb[at + 2] = Math.min(1, Math.exp(x * c + y * f + z * i));
  }
}

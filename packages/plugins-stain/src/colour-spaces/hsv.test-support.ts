import { roundHalfEven } from "../pixel-kernels/round-half-even.js";

/** Twins of the HSV kernels: OpenCV's integer steps one way, single precision the other. */

const SHIFT = 12;
const HALF = 1 << (SHIFT - 1);
const SATURATION = Int32Array.from({ length: 256 }, (_, v) => (v === 0 ? 0 : roundHalfEven((255 << SHIFT) / v)));
const HUE = Int32Array.from({ length: 256 }, (_, v) => (v === 0 ? 0 : roundHalfEven((180 << SHIFT) / (6 * v))));

/**
 * @param rgb Interleaved bytes.
 * @param hsv Receives as many; may be `rgb`.
 */
export function scalarRgbToHsv(rgb: Uint8Array, hsv: Uint8Array): void {
  for (let i = 0; i + 2 < rgb.length; i += 3) {
    const r = rgb[i];
    const g = rgb[i + 1];
    const b = rgb[i + 2];
    const value = Math.max(r, g, b);
    const chroma = value - Math.min(r, g, b);
    const sextant = value === r ? g - b : value === g ? b - r + 2 * chroma : r - g + 4 * chroma;
    const hue = (sextant * HUE[chroma] + HALF) >> SHIFT;
    hsv[i] = hue < 0 ? hue + 180 : hue;
    hsv[i + 1] = (chroma * SATURATION[value] + HALF) >> SHIFT;
    hsv[i + 2] = value;
  }
}

/** Where red, green and blue are in (v, v(1−s), v(1−sf), v(1−s(1−f))), by sextant of the hue. */
const SEXTANTS = [0, 3, 1, 2, 0, 1, 1, 0, 3, 1, 2, 0, 3, 1, 0, 0, 1, 2];
const { fround } = Math;
const UNIT = Float32Array.from({ length: 256 }, (_, v) => v * fround(1 / 255));

/**
 * In single precision, truncated: what OpenCV's vector code does. The last pixels of a row whose width is not a multiple of
 * its vectors OpenCV rounds instead; there, this differs by at most 1.
 * @param hsv Interleaved bytes, hue below 180.
 * @param rgb Receives as many; may be `hsv`.
 */
export function scalarHsvToRgb(hsv: Uint8Array, rgb: Uint8Array): void {
  const levels = new Float32Array(4);
  for (let i = 0; i + 2 < hsv.length; i += 3) {
    const hue = fround(hsv[i] * fround(6 / 180));
    const sextant = Math.floor(hue);
    const fraction = fround(hue - sextant);
    const s = UNIT[hsv[i + 1]];
    const v = UNIT[hsv[i + 2]];
    levels[0] = v * 255;
    levels[1] = fround(v * fround(1 - s)) * 255;
    levels[2] = fround(v * fround(1 - fround(s * fraction))) * 255;
    levels[3] = fround(v * fround(1 - fround(s * fround(1 - fraction)))) * 255;
    rgb[i] = levels[SEXTANTS[3 * sextant]];
    rgb[i + 1] = levels[SEXTANTS[3 * sextant + 1]];
    rgb[i + 2] = levels[SEXTANTS[3 * sextant + 2]];
  }
}

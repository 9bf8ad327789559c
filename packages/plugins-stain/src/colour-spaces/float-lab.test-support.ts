import type { ChannelTransfer } from "../statistics/channel-transfer.js";
import { inverse, type Matrix3 } from "./matrix3.js";

/** Twins of the kernels of LAB in real numbers: CIE's own formulas in doubles, interleaved. */

const WHITE = [0.95047, 1, 1.08883] as const;
const TO_XYZ: Matrix3 = [0.412453, 0.35758, 0.180423, 0.212671, 0.71516, 0.072169, 0.019334, 0.119193, 0.950227];
const FROM_XYZ = inverse(TO_XYZ);

export function scalarRgbToLab(rgb: Uint8Array): Float64Array {
  const lab = new Float64Array(rgb.length);
  for (let i = 0; i < rgb.length; i += 3) {
    const linear = [...rgb.subarray(i, i + 3)].map(decoded);
    const [x, y, z] = product(TO_XYZ, linear).map((t, c) => root(t / WHITE[c]));
    lab.set([116 * y - 16, 500 * (x - y), 200 * (y - z)], i);
  }
  return lab;
}

/** @returns Levels 0…255, not rounded. */
export function scalarMovedLab(lab: Float64Array, { scale, offset }: ChannelTransfer): Float64Array {
  const levels = new Float64Array(lab.length);
  for (let i = 0; i < lab.length; i += 3) {
    const [l, a, b] = [0, 1, 2].map((c) => lab[i + c] * scale[c] + offset[c]);
    const y = (l + 16) / 116;
    const xyz = [y + a / 500, y, Math.max(0, y - b / 200)].map((r, c) => cubed(r) * WHITE[c]);
    levels.set(
      product(FROM_XYZ, xyz).map((v) => 255 * encoded(Math.max(0, Math.min(1, v)))),
      i,
    );
  }
  return levels;
}

const product = (m: Matrix3, [a, b, c]: readonly number[]) =>
  [0, 3, 6].map((row) => m[row] * a + m[row + 1] * b + m[row + 2] * c);
const decoded = (v: number) => (v / 255 > 0.04045 ? ((v / 255 + 0.055) / 1.055) ** 2.4 : v / 255 / 12.92);
// The formula gives a little less than 1 for 1.
const encoded = (v: number) => (v >= 1 ? 1 : v > 0.0031308 ? 1.055 * v ** (1 / 2.4) - 0.055 : 12.92 * v);
const root = (t: number) => (t > 0.008856 ? Math.cbrt(t) : 7.787 * t + 16 / 116);
const cubed = (r: number) => (r > 0.2068966 ? r ** 3 : (r - 16 / 116) / 7.787);

import { roundHalfEven } from "./round-half-even.js";

/**
 * CIE L*a*b* (D65) in 8 bits, as OpenCV's `COLOR_RGB2LAB` and `COLOR_LAB2RGB` compute it: L·255/100, a+128, b+128,
 * sRGB gamma, in fixed point. The integer steps are OpenCV's own, because the float formula differs by up to two levels.
 */

const { fround } = Math;
const GAMMA_SCALE = 255 * 8;
export const CUBE_ROOT_ONE = 1 << 15;
export const XYZ_SHIFT = 12;
const XYZ_HALF = 1 << (XYZ_SHIFT - 1);
const WHITE = [0.950456, 1, 1.088754];
const RGB_TO_XYZ = [0.412453, 0.35758, 0.180423, 0.212671, 0.71516, 0.072169, 0.019334, 0.119193, 0.950227];
const XYZ_TO_RGB = [3.240479, -1.53715, -0.498535, -0.969256, 1.875991, 0.041556, 0.055648, -0.204043, 1.057311];

const decodeGamma = (v: number) => (v <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
const encodeGamma = (v: number) => (v <= 0.0031308 ? 12.92 * v : 1.055 * v ** (1 / 2.4) - 0.055);

/** A byte's contribution to one of X, Y, Z over the white point; three tables end to end, rounding folded into red's. */
function contributions(row: number): Int32Array {
  const table = new Int32Array(768);
  for (let channel = 0; channel < 3; channel++) {
    const weight = Math.round((RGB_TO_XYZ[3 * row + channel] / WHITE[row]) * (1 << XYZ_SHIFT));
    for (let v = 0; v < 256; v++) {
      const linear = Math.round(GAMMA_SCALE * decodeGamma(v / 255));
      table[256 * channel + v] = linear * weight + (channel === 0 ? XYZ_HALF : 0);
    }
  }
  return table;
}
/** Of X, Y, Z: three tables of 256, red's first. A pixel's sum, `>> XYZ_SHIFT`, is an index of {@link CUBE_ROOT}. */
export const XYZ = [contributions(0), contributions(1), contributions(2)] as const;

/** The roots are single-precision numbers in OpenCV, which decides how a few entries round. */
export const CUBE_ROOT = Uint16Array.from({ length: (GAMMA_SCALE * 3) / 2 + 12 }, (_, i) => {
  const t = i / GAMMA_SCALE;
  return roundHalfEven(CUBE_ROOT_ONE * fround(t > 216 / 24389 ? Math.cbrt(t) : (t * 841) / 108 + 16 / 116));
});

const L_SCALE = 296;
const L_OFFSET = -1336934;
const HALF = 1 << 14;
export const LIGHTNESS = Uint8Array.from(CUBE_ROOT, (f) =>
  Math.max(0, Math.min(255, (L_SCALE * f + L_OFFSET + HALF) >> 15)),
);

export const BASE = 1 << 14;
/** Luminance of each L, and (L+16)/116, both scaled by `BASE`. */
export const LUMINANCE = new Int32Array(256);
export const LUMINANCE_ROOT = new Int32Array(256);
for (let v = 0; v < 256; v++) {
  const l = fround((v * 100) / 255);
  const dark = l <= fround(0.008856 * 903.3);
  const root = dark ? 7.787 * (l / 903.3) + 16 / 116 : (l + 16) / 116;
  LUMINANCE[v] = Math.round((dark ? l / 903.3 : root ** 3) * BASE);
  LUMINANCE_ROOT[v] = Math.round(root * BASE);
}
export const FROM_XYZ = XYZ_TO_RGB.map((weight, k) => Math.round(4096 * weight * WHITE[k % 3]));
export const ENCODED = Uint8Array.from({ length: 4096 }, (_, i) => Math.round(255 * encodeGamma(i / 4096)));

/** What a adds to the root of X, and b to that of Z, of 1/`BASE`, for a byte. */
export function alongA(byte: number): number {
  return ((5 * byte * 53687 + 128) >> 13) - Math.trunc((128 * BASE) / 500);
}

export function alongB(byte: number): number {
  return -(((byte * 41943 + 16) >> 9) - Math.trunc((128 * BASE) / 200) + 1);
}

import { roundHalfEven } from "./round-half-even.js";

/**
 * CIE L*a*b* (D65) in 8 bits, as OpenCV's `COLOR_RGB2LAB` and `COLOR_LAB2RGB` compute it: L·255/100, a+128, b+128,
 * sRGB gamma, in fixed point. The integer steps are OpenCV's own, because the float formula differs by up to two levels.
 */

const { fround } = Math;
const GAMMA_SCALE = 255 * 8;
const CUBE_ROOT_ONE = 1 << 15;
const XYZ_SHIFT = 12;
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
const X = contributions(0);
const Y = contributions(1);
const Z = contributions(2);

/** The roots are single-precision numbers in OpenCV, which decides how a few entries round. */
const CUBE_ROOT = Uint16Array.from({ length: (GAMMA_SCALE * 3) / 2 + 12 }, (_, i) => {
  const t = i / GAMMA_SCALE;
  return roundHalfEven(CUBE_ROOT_ONE * fround(t > 216 / 24389 ? Math.cbrt(t) : (t * 841) / 108 + 16 / 116));
});

const L_SCALE = 296;
const L_OFFSET = -1336934;
const HALF = 1 << 14;
const LIGHTNESS = Uint8Array.from(CUBE_ROOT, (f) => Math.max(0, Math.min(255, (L_SCALE * f + L_OFFSET + HALF) >> 15)));

/** L of OpenCV's 8-bit LAB, 0…255. */
export function lightness(red: number, green: number, blue: number): number {
  return LIGHTNESS[(Y[red] + Y[256 + green] + Y[512 + blue]) >> XYZ_SHIFT];
}

/**
 * @param rgb Interleaved bytes.
 * @param lab Receives as many; may be `rgb`.
 */
export function rgbToLab(rgb: Uint8Array, lab: Uint8Array): void {
  const centre = 128 * CUBE_ROOT_ONE + HALF;
  for (let i = 0; i + 2 < rgb.length; i += 3) {
    const r = rgb[i];
    const g = 256 + rgb[i + 1];
    const b = 512 + rgb[i + 2];
    const y = (Y[r] + Y[g] + Y[b]) >> XYZ_SHIFT;
    const fx = CUBE_ROOT[(X[r] + X[g] + X[b]) >> XYZ_SHIFT];
    const fy = CUBE_ROOT[y];
    const fz = CUBE_ROOT[(Z[r] + Z[g] + Z[b]) >> XYZ_SHIFT];
    lab[i] = LIGHTNESS[y];
    // sRGB's gamut keeps a and b within 42…226 and 20…223: no clipping is needed.
    lab[i + 1] = (500 * (fx - fy) + centre) >> 15;
    lab[i + 2] = (200 * (fy - fz) + centre) >> 15;
  }
}

const BASE = 1 << 14;
/** Luminance of each L, and (L+16)/116, both scaled by `BASE`. */
const LUMINANCE = new Int32Array(256);
const LUMINANCE_ROOT = new Int32Array(256);
for (let v = 0; v < 256; v++) {
  const l = fround((v * 100) / 255);
  const dark = l <= fround(0.008856 * 903.3);
  const root = dark ? 7.787 * (l / 903.3) + 16 / 116 : (l + 16) / 116;
  LUMINANCE[v] = Math.round((dark ? l / 903.3 : root ** 3) * BASE);
  LUMINANCE_ROOT[v] = Math.round(root * BASE);
}
/** The smallest root of X or Z that 8-bit LAB can express, scaled by `BASE`. */
const LOWEST_ROOT = -8145;
const CUBE = Int32Array.from({ length: (BASE * 9) / 4 }, (_, k) => {
  const root = k + LOWEST_ROOT;
  if (root > 3390) return Math.trunc((Math.trunc((root * root) / BASE) * root) / BASE);
  return Math.trunc((root * 108) / 841) - Math.trunc((Math.trunc((BASE * 16) / 116) * 108) / 841);
});
const FROM_XYZ = XYZ_TO_RGB.map((weight, k) => Math.round(4096 * weight * WHITE[k % 3]));
const ENCODED = Uint8Array.from({ length: 4096 }, (_, i) => Math.round(255 * encodeGamma(i / 4096)));

/** A function of a byte, as a table of 256 bytes. */
export type ByteMap = Uint8Array;

export const identityMap: ByteMap = Uint8Array.from({ length: 256 }, (_, v) => v);

/**
 * @param lab Interleaved bytes.
 * @param rgb Receives as many; may be `lab`.
 * @param maps Applied to L, a and b on the way.
 */
export function labToRgb(
  lab: Uint8Array,
  rgb: Uint8Array,
  maps: readonly [ByteMap, ByteMap, ByteMap] = [identityMap, identityMap, identityMap],
): void {
  const luminance = new Int32Array(256);
  const root = new Int32Array(256);
  const alongA = new Int32Array(256);
  const alongB = new Int32Array(256);
  for (let v = 0; v < 256; v++) {
    luminance[v] = LUMINANCE[maps[0][v]];
    root[v] = LUMINANCE_ROOT[maps[0][v]];
    alongA[v] = ((5 * maps[1][v] * 53687 + 128) >> 13) - Math.trunc((128 * BASE) / 500) - LOWEST_ROOT;
    alongB[v] = -(((maps[2][v] * 41943 + 16) >> 9) - Math.trunc((128 * BASE) / 200) + 1) - LOWEST_ROOT;
  }
  const [rx, ry, rz, gx, gy, gz, bx, by, bz] = FROM_XYZ;
  for (let i = 0; i + 2 < lab.length; i += 3) {
    const f = root[lab[i]];
    const y = luminance[lab[i]];
    const x = CUBE[f + alongA[lab[i + 1]]];
    const z = CUBE[f + alongB[lab[i + 2]]];
    rgb[i] = encoded((rx * x + ry * y + rz * z + 8192) >> 14);
    rgb[i + 1] = encoded((gx * x + gy * y + gz * z + 8192) >> 14);
    rgb[i + 2] = encoded((bx * x + by * y + bz * z + 8192) >> 14);
  }
}

function encoded(linear: number): number {
  return ENCODED[linear < 0 ? 0 : Math.min(linear, 4095)];
}

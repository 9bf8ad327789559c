import {
  alongA,
  alongB,
  BASE,
  CUBE_ROOT,
  CUBE_ROOT_ONE,
  ENCODED,
  FROM_XYZ,
  LIGHTNESS,
  LUMINANCE,
  LUMINANCE_ROOT,
  XYZ,
  XYZ_SHIFT,
} from "../pixel-kernels/lab-tables.js";
import { type ByteMap, identityMap } from "./byte-map.js";

const [X, Y, Z] = XYZ;

/** The kernel's scalar twin. */
export function scalarRgbToLab(rgb: Uint8Array, lab: Uint8Array): void {
  const centre = 128 * CUBE_ROOT_ONE + (1 << 14);
  for (let i = 0; i + 2 < rgb.length; i += 3) {
    const r = rgb[i];
    const g = 256 + rgb[i + 1];
    const b = 512 + rgb[i + 2];
    const y = (Y[r] + Y[g] + Y[b]) >> XYZ_SHIFT;
    const fx = CUBE_ROOT[(X[r] + X[g] + X[b]) >> XYZ_SHIFT];
    const fy = CUBE_ROOT[y];
    const fz = CUBE_ROOT[(Z[r] + Z[g] + Z[b]) >> XYZ_SHIFT];
    lab[i] = LIGHTNESS[y];
    lab[i + 1] = (500 * (fx - fy) + centre) >> 15;
    lab[i + 2] = (200 * (fy - fz) + centre) >> 15;
  }
}

/** The kernel's scalar twin. */
export function scalarLabToRgb(
  lab: Uint8Array,
  rgb: Uint8Array,
  maps: readonly [ByteMap, ByteMap, ByteMap] = [identityMap, identityMap, identityMap],
): void {
  const [rx, ry, rz, gx, gy, gz, bx, by, bz] = FROM_XYZ;
  for (let i = 0; i + 2 < lab.length; i += 3) {
    const l = maps[0][lab[i]];
    const y = LUMINANCE[l];
    const x = cube(LUMINANCE_ROOT[l] + alongA(maps[1][lab[i + 1]]));
    const z = cube(LUMINANCE_ROOT[l] + alongB(maps[2][lab[i + 2]]));
    rgb[i] = encoded((rx * x + ry * y + rz * z + 8192) >> 14);
    rgb[i + 1] = encoded((gx * x + gy * y + gz * z + 8192) >> 14);
    rgb[i + 2] = encoded((bx * x + by * y + bz * z + 8192) >> 14);
  }
}

function cube(root: number): number {
  if (root > 3390) return Math.trunc((Math.trunc((root * root) / BASE) * root) / BASE);
  return Math.trunc((root * 108) / 841) - Math.trunc((Math.trunc((BASE * 16) / 116) * 108) / 841);
}

function encoded(linear: number): number {
  return ENCODED[Math.max(0, Math.min(linear, 4095))];
}

import {
  alongA,
  alongB,
  FROM_XYZ,
  LIGHTNESS,
  LUMINANCE,
  LUMINANCE_ROOT,
  XYZ,
  XYZ_SHIFT,
} from "../pixel-kernels/lab-tables.js";
import { clearSums, stainKernels, sums } from "../pixel-kernels/stain-kernels.js";
import { forEachStrip, takeTarget } from "../pixel-kernels/strips.js";
import { type ChannelStatistics, statisticsOfSums } from "../statistics/channel-statistics.js";
import { type ByteMap, identityMap } from "./byte-map.js";

const Y = XYZ[1];

/** L of OpenCV's 8-bit LAB, 0…255. */
export function lightness(red: number, green: number, blue: number): number {
  return LIGHTNESS[(Y[red] + Y[256 + green] + Y[512 + blue]) >> XYZ_SHIFT];
}

export interface LabMeasurement extends ChannelStatistics {
  /** Share of pixels with L < `limit`. */
  readonly darker: number;
}

/** White, which fills a strip's last group of four pixels, as L, a, b. */
const WHITE = [255, 128, 128] as const;

/**
 * @param rgb Interleaved bytes.
 * @param lab Receives as many; may be `rgb`.
 * @param limit Of L, for the share of darker pixels; at most 255.
 */
export function rgbToLab(rgb: Uint8Array, lab: Uint8Array, limit = 0): LabMeasurement {
  const kernels = stainKernels();
  const { integers, at, run } = kernels;
  clearSums(kernels);
  integers[at.PARAMETERS >> 2] = Math.ceil(limit);
  let white = 0;
  forEachStrip(kernels, rgb, (pixels, first) => {
    run.labForward(pixels);
    takeTarget(kernels, lab, pixels, first);
    white += -pixels & 3;
  });
  const [l, a, b, ll, aa, bb, darker] = sums(kernels, 7);
  const count = rgb.length / 3;
  const statistics = statisticsOfSums(
    count,
    [l - white * WHITE[0], a - white * WHITE[1], b - white * WHITE[2]],
    [ll - white * WHITE[0] ** 2, aa - white * WHITE[1] ** 2, bb - white * WHITE[2] ** 2],
  );
  return { ...statistics, darker: darker / count };
}

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
  const kernels = stainKernels();
  const { integers, at, run } = kernels;
  for (let v = 0; v < 256; v++) {
    integers[(at.LAB_LIGHT >> 2) + 2 * v] = LUMINANCE[maps[0][v]];
    integers[(at.LAB_LIGHT >> 2) + 2 * v + 1] = LUMINANCE_ROOT[maps[0][v]];
    integers[(at.LAB_ALONG_A >> 2) + v] = alongA(maps[1][v]);
    integers[(at.LAB_ALONG_B >> 2) + v] = alongB(maps[2][v]);
  }
  integers.set(FROM_XYZ, at.PARAMETERS >> 2);
  forEachStrip(kernels, lab, (pixels, first) => {
    run.labInverse(pixels);
    takeTarget(kernels, rgb, pixels, first);
  });
}

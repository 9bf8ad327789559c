import type { AugmentKernels } from "../kernels/augment-kernels.js";
import type { PairGroups } from "./pair-groups.js";
import type { AxisResampling } from "./resampling.js";

/** Where kernels have the picture, and room for tables and for rows between. */
export interface ResamplingPlaces {
  readonly source: number;
  readonly target: number;
  readonly plane: number;
  readonly places: number;
  readonly indices: number;
  readonly weights: number;
  readonly rows: number;
  readonly rowWeights: number;
  readonly resampled: number;
}

interface Channel {
  readonly width: number;
  readonly height: number;
  readonly over: AxisResampling;
}

/** Between two pixels, and between two rows of such; within 0.02 of a level before it is rounded. */
export function mixChannel(
  { run, integers, bytes, shorts }: AugmentKernels,
  at: ResamplingPlaces,
  channel: number,
  { width, height, over, groups }: Channel & { readonly groups: PairGroups },
): void {
  integers.set(groups.first, at.places >> 2);
  bytes.set(groups.indices, at.indices);
  shorts.set(groups.shares, at.weights >> 1);
  const rowBytes = 2 * (width + 8);
  for (let row = 0; row < over.kept.length; row++) {
    run.planeOf(at.source + 3 * width * over.kept[row] + channel, at.plane, width);
    run.mixAlong(at.plane, at.places, at.indices, at.weights, at.resampled + row * rowBytes, width);
  }
  for (let y = 0; y < height; y++) {
    const share = Math.min(32767, Math.round(32768 * over.weights[2 * y + 1]));
    const first = at.resampled + over.places[2 * y] * rowBytes;
    const second = at.resampled + over.places[2 * y + 1] * rowBytes;
    run.mixOver(first, second, share, at.target + 3 * width * y + channel, width);
  }
}

/** Weighs any number of pixels, from anywhere in the row, and of rows. */
export function weighChannel(
  { run, integers, floats }: AugmentKernels,
  at: ResamplingPlaces,
  channel: number,
  { width, height, along, over, taps }: Channel & { readonly along: AxisResampling; readonly taps: number },
): void {
  for (let i = 0; i < taps * width; i++) {
    integers[(at.places >> 2) + i] = 3 * along.kept[along.places[i]];
    floats[(at.weights >> 2) + i] = along.weights[i];
  }
  const rowBytes = 4 * (width + 4);
  for (let row = 0; row < over.kept.length; row++) {
    const from = at.source + 3 * width * over.kept[row] + channel;
    run.resampleAlong(from, at.places, at.weights, taps, at.resampled + row * rowBytes, width);
  }
  for (let y = 0; y < height; y++) {
    for (let tap = 0; tap < taps; tap++) {
      integers[(at.rows >> 2) + tap] = at.resampled + over.places[taps * y + tap] * rowBytes;
      floats[(at.rowWeights >> 2) + tap] = over.weights[taps * y + tap];
    }
    run.resampleOver(at.rows, at.rowWeights, taps, at.target + 3 * width * y + channel, width);
  }
}

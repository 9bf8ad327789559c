import type { Sample } from "@eosin/plugin-api/imaging";
import { reflectedPosition } from "@eosin/support/windows";
import type { AffineMap } from "../affine/affine-warp.js";

/** Values of a float64 resampling at each pixel of a window; bilinear, and the nearest of the labels. */
export interface PlainWarp {
  readonly colours: Float64Array;
  readonly labels: Uint8Array;
  readonly densities: Float64Array;
  /** Whether a pixel comes from so near to the middle of two that their labels are a matter of rounding. */
  readonly undecided: readonly boolean[];
}

/** The plain loop that the kernels are held against. @param from Where a window's pixel comes from. */
export function plainWarp(
  { image, mask, density }: Sample,
  width: number,
  height: number,
  from: (x: number, y: number) => readonly [number, number],
): PlainWarp {
  const stains = density!.stains;
  const colours = new Float64Array(3 * width * height);
  const labels = new Uint8Array(width * height);
  const densities = new Float64Array(stains * width * height);
  const undecided: boolean[] = [];
  const place = (x: number, y: number) =>
    reflectedPosition(y, image.height) * image.width + reflectedPosition(x, image.width);
  for (let i = 0; i < width * height; i++) {
    const [x, y] = from(i % width, Math.floor(i / width));
    const [left, top] = [Math.floor(x), Math.floor(y)];
    const [right, below] = [x - left, y - top];
    const corners = [
      [place(left, top), (1 - right) * (1 - below)],
      [place(left + 1, top), right * (1 - below)],
      [place(left, top + 1), (1 - right) * below],
      [place(left + 1, top + 1), right * below],
    ];
    for (const [at, weight] of corners) {
      for (let c = 0; c < 3; c++) colours[3 * i + c] += weight * image.data[3 * at + c];
      for (let s = 0; s < stains; s++) densities[stains * i + s] += weight * density!.data[stains * at + s];
    }
    labels[i] = mask!.data[place(Math.floor(x + 0.5), Math.floor(y + 0.5))];
    undecided.push(Math.abs(right - 0.5) < 1e-4 || Math.abs(below - 0.5) < 1e-4);
  }
  return { colours, labels, densities, undecided };
}

export function plainAffine(sample: Sample, width: number, height: number, map: AffineMap): PlainWarp {
  return plainWarp(sample, width, height, (x, y) => [
    map.xx * x + map.xy * y + map.x0,
    map.yx * x + map.yy * y + map.y0,
  ]);
}

/** The greatest difference of a sample from a plain one, by part; labels: how many that were not undecided differ. */
export function distance(made: Sample, plain: PlainWarp): { colours: number; labels: number; densities: number } {
  const most = (a: ArrayLike<number>, b: ArrayLike<number>) => {
    let largest = a.length === b.length ? 0 : Number.POSITIVE_INFINITY;
    for (let i = 0; i < a.length; i++) {
      const d = Math.abs(a[i] - b[i]);
      if (!(d <= largest)) largest = d;
    }
    return largest;
  };
  const labels = made.mask!.data.filter((label, i) => label !== plain.labels[i] && !plain.undecided[i]);
  return {
    colours: most(made.image.data, plain.colours),
    labels: labels.length,
    densities: most(made.density!.data, plain.densities),
  };
}

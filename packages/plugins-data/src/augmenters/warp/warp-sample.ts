import type { Sample } from "@eosin/plugin-api/imaging";
import { changedImage } from "../changed-image.js";
import { type AugmentKernels, reserve } from "../kernels/augment-kernels.js";
import { type Span, sourceSpan } from "./source-span.js";

/** Where the pixels of a new sample come from in an old one. Pixel centres are whole. */
export interface Warp {
  readonly width: number;
  readonly height: number;
  /** No coordinate is outside of these. */
  readonly bounds: { readonly left: number; readonly right: number; readonly top: number; readonly bottom: number };
  /** Of memory that `prepare` fills and `writeRow` reads. */
  readonly bytes: number;
  prepare?(kernels: AugmentKernels, at: number): void;
  /** Writes x and y of a row's pixels, i32 in 65536ths; up to 12 bytes more. @param at Of its own memory. */
  writeRow(kernels: AugmentKernels, y: number, xs: number, ys: number, at: number): void;
}

/** The part of a picture that is needed, and where kernels find the picture's first pixel, which need not be in it. */
interface Source {
  readonly origin: number;
  readonly stride: number;
}

/**
 * A new sample whose image and densities are bilinear between the pixels that `warp` names, and whose mask is the nearest
 * label. Beyond its borders the old sample goes on as its reflection.
 */
export function warpSample(sample: Sample, warp: Warp): Sample {
  const { image, mask, density } = sample;
  const { width, height, bounds } = warp;
  const across = sourceSpan(bounds.left, bounds.right, image.width);
  const down = sourceSpan(bounds.top, bounds.bottom, image.height);
  const needed = (across.last - across.first + 1) * (down.last - down.first + 1);
  const pixels = width * height;
  const densityBytes = density ? 4 * density.stains : 0;
  const { kernels, at } = reserve({
    own: warp.bytes,
    xs: 4 * width,
    ys: 4 * width,
    colours: 3 * needed,
    labels: mask ? needed : 0,
    densities: densityBytes * needed,
    newColours: 3 * pixels,
    newLabels: mask ? pixels : 0,
    newDensities: densityBytes * pixels,
  });
  const { run, bytes, floats } = kernels;
  const colours = bring(bytes, at.colours, image.data, 3, image.width, across, down, 1);
  const labels = mask && bring(bytes, at.labels, mask.data, 1, image.width, across, down, 1);
  const densities = density && bring(floats, at.densities, density.data, density.stains, image.width, across, down, 4);
  warp.prepare?.(kernels, at.own);
  for (let y = 0; y < height; y++) {
    warp.writeRow(kernels, y, at.xs, at.ys, at.own);
    const to = at.newColours + 3 * width * y;
    run.warpColours(colours.origin, colours.stride, image.width, image.height, at.xs, at.ys, to, width);
    if (labels) {
      const row = at.newLabels + width * y;
      run.warpLabels(labels.origin, labels.stride, image.width, image.height, at.xs, at.ys, row, width);
    }
    if (density && densities) {
      const row = at.newDensities + densityBytes * width * y;
      const { origin, stride } = densities;
      run.warpDensities(origin, stride, image.width, image.height, at.xs, at.ys, row, width, density.stains);
    }
  }
  const values = at.newDensities >> 2;
  return {
    ...sample,
    image: changedImage(kernels, at.newColours, width, height),
    mask: mask && { width, height, data: bytes.slice(at.newLabels, at.newLabels + pixels) },
    density: density && { ...density, width, height, data: floats.slice(values, values + density.stains * pixels) },
  };
}

/** Copies the part of a picture that is needed to the kernels. @param valueBytes Of a value of `memory`. */
function bring<Values extends Uint8Array | Float32Array>(
  memory: Values,
  at: number,
  data: Values,
  channels: number,
  width: number,
  across: Span,
  down: Span,
  valueBytes: number,
): Source {
  const rowValues = channels * (across.last - across.first + 1);
  let to = at / valueBytes;
  for (let y = down.first; y <= down.last; y++, to += rowValues) {
    const from = channels * (y * width + across.first);
    memory.set(data.subarray(from, from + rowValues), to);
  }
  const stride = valueBytes * rowValues;
  return { origin: at - down.first * stride - valueBytes * channels * across.first, stride };
}

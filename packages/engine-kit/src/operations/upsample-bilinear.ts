import type { Tf } from "@eosin/plugin-api/learning";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import type { OperationCase } from "../cases/case.js";
import { resizeBilinear } from "../cases/reference/resize.js";
import { defineOperation } from "./operation.js";
import { upsampleAligned, upsampleAlignedGradient } from "./upsample-aligned.js";

export interface UpsampleBilinearKernels {
  /** x (b,h,w,c) → (b,factor·h,factor·w,c). */
  EosinUpsampleBilinear: { inputs: { x: Tensor4D }; attrs: { factor: number }; outputs: [y: Tensor4D] };
  /** dy (b,factor·h,factor·w,c) → dx (b,h,w,c): the transpose of the same matrix. */
  EosinUpsampleBilinearGrad: { inputs: { dy: Tensor4D }; attrs: { factor: number }; outputs: [dx: Tensor4D] };
  /** Likewise, with aligned corners. */
  EosinUpsampleAligned: { inputs: { x: Tensor4D }; attrs: { factor: number }; outputs: [y: Tensor4D] };
  EosinUpsampleAlignedGrad: { inputs: { dy: Tensor4D }; attrs: { factor: number }; outputs: [dx: Tensor4D] };
}

/**
 * Bilinear interpolation at pixel centres: output i is at (i + ½)/factor − ½ of the input, whose borders are repeated. The
 * network's step from a coarse output to the image's size (e.g. Chen et al., 2018).
 */
export const upsampleBilinear = defineOperation<"upsampleBilinear", UpsampleBilinearKernels>({
  name: "upsampleBilinear",
  kernels: {
    EosinUpsampleBilinear: {
      shape: ({ x: [batch, height, width, channels] }, { factor }) => [
        [batch, height * factor, width * factor, channels],
      ],
      composed: (tf, { x }, { factor }) => {
        const [batch, height, width, channels] = x.shape;
        const columns = alongColumns(tf, x, factor);
        // A row as one pixel of many channels: so the rows are the columns.
        const rows = alongColumns(tf, tf.reshape(columns, [batch, 1, height, width * factor * channels]), factor);
        return [tf.reshape(rows, [batch, height * factor, width * factor, channels])];
      },
      gradient: { of: ["x"], compute: ({ run, dy, attrs }) => run("EosinUpsampleBilinearGrad", { dy }, attrs) },
    },
    EosinUpsampleBilinearGrad: {
      shape: ({ dy: [batch, height, width, channels] }, { factor }) => [
        [batch, height / factor, width / factor, channels],
      ],
      composed: (tf, { dy }, { factor }) => {
        const [batch, height, width, channels] = dy.shape;
        const rows = backAlongColumns(tf, tf.reshape(dy, [batch, 1, height, width * channels]), factor);
        const columns = backAlongColumns(tf, tf.reshape(rows, [batch, height / factor, width, channels]), factor);
        return [columns];
      },
    },
    EosinUpsampleAligned: {
      shape: ({ x: [batch, height, width, channels] }, { factor }) => [
        [batch, height * factor, width * factor, channels],
      ],
      composed: (tf, { x }, { factor }) => [upsampleAligned(tf, x, factor)],
      gradient: { of: ["x"], compute: ({ run, dy, attrs }) => run("EosinUpsampleAlignedGrad", { dy }, attrs) },
    },
    EosinUpsampleAlignedGrad: {
      shape: ({ dy: [batch, height, width, channels] }, { factor }) => [
        [batch, height / factor, width / factor, channels],
      ],
      composed: (tf, { dy }, { factor }) => [upsampleAlignedGradient(tf, dy, factor)],
    },
  },
  method:
    ({ run }) =>
    (x, factor, { alignCorners = false } = {}) =>
      run(alignCorners ? "EosinUpsampleAligned" : "EosinUpsampleBilinear", { x }, { factor })[0],
  cases: [
    upsampled("× 2", [2, 3, 4, 5], 2),
    upsampled("× 3", [1, 2, 3, 2], 3),
    upsampled("× 4", [2, 2, 5, 1], 4),
    upsampled("× 2 of one channel", [2, 4, 3, 1], 2),
    upsampled("× 2 of many channels", [1, 2, 2, 19], 2),
    upsampled("× 2 of one pixel", [2, 1, 1, 3], 2),
    upsampled("× 2, aligned corners", [2, 3, 4, 5], 2, true),
    upsampled("× 4 of one channel, aligned corners", [1, 2, 5, 1], 4, true),
    upsampled("× 3 of one row, aligned corners", [2, 1, 3, 2], 3, true),
  ],
});

/** How far each of the `factor` outputs of an input pixel is from its centre, in input pixels: −½ … ½. */
function offsets(factor: number): readonly number[] {
  return Array.from({ length: factor }, (_, phase) => (phase + 0.5) / factor - 0.5);
}

/** (b,h,w,c) → (b,h,factor·w,c) */
function alongColumns(tf: Tf, x: Tensor4D, factor: number): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const slice = (from: number, count: number) => tf.slice4d(x, [0, 0, from, 0], [batch, height, count, channels]);
  const before = width === 1 ? x : tf.concat4d([slice(0, 1), slice(0, width - 1)], 2);
  const behind = width === 1 ? x : tf.concat4d([slice(1, width - 1), slice(width - 1, 1)], 2);
  const phases = offsets(factor).map((offset) =>
    tf.add<Tensor4D>(tf.mul(x, 1 - Math.abs(offset)), tf.mul(offset < 0 ? before : behind, Math.abs(offset))),
  );
  return tf.reshape(tf.concat4d(phases, 3), [batch, height, width * factor, channels]);
}

/** (b,h,factor·w,c) → (b,h,w,c), the transpose of {@link alongColumns}. */
function backAlongColumns(tf: Tf, dy: Tensor4D, factor: number): Tensor4D {
  const [batch, height, wide, channels] = dy.shape;
  const width = wide / factor;
  const pixels = tf.reshape(dy, [batch, height, width, factor * channels]) as Tensor4D;
  const parts = offsets(factor).map((offset, phase) => {
    const part = tf.slice4d(pixels, [0, 0, 0, phase * channels], [batch, height, width, channels]);
    const kept = tf.mul<Tensor4D>(part, 1 - Math.abs(offset));
    return tf.add<Tensor4D>(kept, toNeighbours(tf, tf.mul<Tensor4D>(part, Math.abs(offset)), offset < 0));
  });
  return parts.reduce((sum, part) => tf.add<Tensor4D>(sum, part));
}

/** Each pixel to the one before it (else behind it); the pixel at the border stays. */
function toNeighbours(tf: Tf, x: Tensor4D, before: boolean): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  if (width === 1) return x;
  const moved = (from: number, count: number, left: number) => {
    const part = tf.slice4d(x, [0, 0, from, 0], [batch, height, count, channels]);
    return tf.pad4d(part, [
      [0, 0],
      [0, 0],
      [left, width - count - left],
      [0, 0],
    ]);
  };
  return before
    ? tf.add<Tensor4D>(moved(1, width - 1, 0), moved(0, 1, 0))
    : tf.add<Tensor4D>(moved(0, width - 1, 1), moved(width - 1, 1, width - 1));
}

function upsampled(name: string, shape: readonly number[], factor: number, alignCorners = false): OperationCase {
  return {
    name: `upsampleBilinear ${name}`,
    inputs: { x: { shape } },
    compute: ({ ops }, { x }) => ops.upsampleBilinear(x as Tensor4D, factor, { alignCorners }),
    reference: ({ x }) =>
      resizeBilinear(x, [shape[1] * factor, shape[2] * factor], { alignCorners, halfPixelCenters: !alignCorners }),
  };
}

import type { Tf } from "@eosin/plugin-api/learning";
import type { GradConfig, Tensor3D, Tensor4D } from "@tensorflow/tfjs-core";

export interface ResizeAttributes {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}
export type ResizeKernelName = "ResizeNearestNeighbor" | "ResizeBilinear";

/**
 * Resizing is linear and separable: y = R_h · x · R_wᵀ, so the gradient is R_hᵀ · dy · R_w. As matrix products this is
 * right on every back end, for every factor and sampling rule; the stock gradients are not.
 */
export function resizeGradients(tf: Tf): readonly GradConfig[] {
  const config = (kernelName: ResizeKernelName): GradConfig => ({
    kernelName,
    inputsToSave: ["images"],
    gradFunc: (dy, [images], attrs) => ({
      images: () => {
        const [, height, width] = (images as Tensor4D).shape;
        const [, newHeight, newWidth] = (dy as Tensor4D).shape;
        const matrix = matrixOf(kernelName, attrs as unknown as ResizeAttributes);
        const [rows, columns] = [matrix(height, newHeight), matrix(width, newWidth)];
        return multiply(tf, dy as Tensor4D, rows, columns, true);
      },
    }),
  });
  return [config("ResizeNearestNeighbor"), config("ResizeBilinear")];
}

/** The forward pass by the same products. @param attrs size: [height, width] */
export function resize(
  tf: Tf,
  kernelName: ResizeKernelName,
  images: Tensor4D,
  attrs: ResizeAttributes & { readonly size: readonly [number, number] },
): Tensor4D {
  const [, height, width] = images.shape;
  const matrix = matrixOf(kernelName, attrs);
  return multiply(tf, images, matrix(height, attrs.size[0]), matrix(width, attrs.size[1]), false);
}

interface Matrix {
  readonly from: number;
  readonly to: number;
  /** (to × from), row-major. */
  readonly values: Float32Array;
}

const matrixOf =
  (kernelName: ResizeKernelName, { alignCorners, halfPixelCenters }: ResizeAttributes) =>
  (from: number, to: number): Matrix => {
    const weights = kernelName === "ResizeBilinear" ? bilinearWeights : nearestWeights;
    return { from, to, values: resizeMatrix(from, to, weights, alignCorners, halfPixelCenters) };
  };

/** rows · x · columnsᵀ; transposed: rowsᵀ · x · columns. */
function multiply(tf: Tf, x: Tensor4D, rows: Matrix, columns: Matrix, transposed: boolean): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const newHeight = transposed ? rows.from : rows.to;
  const newWidth = transposed ? columns.from : columns.to;
  const tensor = ({ values, to, from }: Matrix, times: number) => {
    const one = tf.tensor(values, [1, to, from]) as Tensor3D;
    return times === 1 ? one : (tf.tile(one, [times, 1, 1]) as Tensor3D);
  };
  const byRow = tf.reshape(x, [batch, height, width * channels]) as Tensor3D;
  const overRows = tf.matMul(tensor(rows, batch), byRow, transposed, false);
  const byColumn = tf.reshape(overRows, [batch * newHeight, width, channels]) as Tensor3D;
  const overColumns = tf.matMul(tensor(columns, batch * newHeight), byColumn, transposed, false);
  return tf.reshape(overColumns, [batch, newHeight, newWidth, channels]);
}

/** Which pixels an output pixel is made of: [index, weight] pairs. */
type SamplingWeights = (
  position: number,
  scale: number,
  size: number,
  alignCorners: boolean,
  halfPixelCenters: boolean,
) => readonly (readonly [index: number, weight: number])[];

const nearestWeights: SamplingWeights = (position, scale, size, alignCorners, halfPixelCenters) => {
  const source = halfPixelCenters ? scale * (position + 0.5) : scale * position;
  const index = alignCorners ? Math.round(source) : Math.floor(source);
  return [[Math.max(0, Math.min(size - 1, index)), 1]];
};

const bilinearWeights: SamplingWeights = (position, scale, size, _, halfPixelCenters) => {
  const source = halfPixelCenters ? scale * (position + 0.5) - 0.5 : scale * position;
  const low = Math.floor(source);
  const fraction = source - low;
  const inside = (index: number) => Math.max(0, Math.min(size - 1, index));
  return [
    [inside(low), 1 - fraction],
    [inside(low + 1), fraction],
  ];
};

function resizeMatrix(
  from: number,
  to: number,
  weights: SamplingWeights,
  alignCorners: boolean,
  halfPixelCenters: boolean,
): Float32Array {
  const matrix = new Float32Array(to * from);
  const scale = alignCorners && to > 1 ? (from - 1) / (to - 1) : from / to;
  for (let position = 0; position < to; position++) {
    for (const [index, weight] of weights(position, scale, from, alignCorners, halfPixelCenters)) {
      matrix[position * from + index] += weight;
    }
  }
  return matrix;
}

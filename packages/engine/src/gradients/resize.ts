import type { Tf } from "@eosin/plugin-api/learning";
import type { GradConfig, Tensor, Tensor3D, Tensor4D } from "@tensorflow/tfjs-core";

interface ResizeAttributes {
  readonly alignCorners: boolean;
  readonly halfPixelCenters: boolean;
}

/**
 * Resizing is linear and separable: y = R_h · x · R_wᵀ, so the gradient is R_hᵀ · dy · R_w. As matrix products this is
 * right on every back end, for every factor and sampling rule; the stock gradients are not.
 */
export function resizeGradients(tf: Tf): readonly GradConfig[] {
  const config = (kernelName: string, weights: typeof nearestWeights): GradConfig => ({
    kernelName,
    inputsToSave: ["images"],
    gradFunc: (dy, [images], attrs) => ({
      images: () => {
        const { alignCorners, halfPixelCenters } = attrs as unknown as ResizeAttributes;
        const [batch, height, width, channels] = (images as Tensor4D).shape;
        const [, newHeight, newWidth] = (dy as Tensor4D).shape;
        const matrix = (from: number, to: number) =>
          tf.tensor(resizeMatrix(from, to, weights, alignCorners, halfPixelCenters), [1, to, from]) as Tensor3D;
        const rows = tf.reshape(dy as Tensor, [batch, newHeight, newWidth * channels]) as Tensor3D;
        const overRows = tf.matMul(repeat(tf, matrix(height, newHeight), batch), rows, true, false);
        const columns = tf.reshape(overRows, [batch * height, newWidth, channels]) as Tensor3D;
        const dx = tf.matMul(repeat(tf, matrix(width, newWidth), batch * height), columns, true, false);
        return tf.reshape(dx, [batch, height, width, channels]);
      },
    }),
  });
  return [config("ResizeNearestNeighbor", nearestWeights), config("ResizeBilinear", bilinearWeights)];
}

function repeat(tf: Tf, matrix: Tensor3D, times: number): Tensor3D {
  return times === 1 ? matrix : tf.tile(matrix, [times, 1, 1]);
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

/** (to × from), row-major. */
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

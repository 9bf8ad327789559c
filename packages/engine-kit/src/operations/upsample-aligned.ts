import type { Tf } from "@eosin/plugin-api/learning";
import type { Tensor3D, Tensor4D } from "@tensorflow/tfjs-core";

/**
 * Bilinear × `factor` with aligned corners: output i is at i·(n − 1)/(factor·n − 1) of the n input pixels. A product with
 * one small matrix along each axis.
 * @param x (b,h,w,c). @returns (b,factor·h,factor·w,c)
 */
export function upsampleAligned(tf: Tf, x: Tensor4D, factor: number): Tensor4D {
  const [, height, width] = x.shape;
  const rows = alongRows(tf, x, alignedMatrix(height, factor), height * factor, height, false);
  const turned = tf.transpose(rows, [0, 2, 1, 3]);
  const columns = alongRows(tf, turned, alignedMatrix(width, factor), width * factor, width, false);
  return tf.transpose(columns, [0, 2, 1, 3]);
}

/** The transpose. @param dy (b,factor·h,factor·w,c). @returns (b,h,w,c) */
export function upsampleAlignedGradient(tf: Tf, dy: Tensor4D, factor: number): Tensor4D {
  const [, high, wide] = dy.shape;
  const [height, width] = [high / factor, wide / factor];
  const rows = alongRows(tf, dy, alignedMatrix(height, factor), high, height, true);
  const turned = tf.transpose(rows, [0, 2, 1, 3]);
  const columns = alongRows(tf, turned, alignedMatrix(width, factor), wide, width, true);
  return tf.transpose(columns, [0, 2, 1, 3]);
}

/** The matrix (to × from), or its transpose, times each image's rows. */
function alongRows(tf: Tf, x: Tensor4D, matrix: Float32Array, to: number, from: number, transposed: boolean): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const one = tf.tensor(matrix, [1, to, from]) as Tensor3D;
  const each = batch === 1 ? one : (tf.tile(one, [batch, 1, 1]) as Tensor3D);
  const product = tf.matMul(each, tf.reshape(x, [batch, height, width * channels]) as Tensor3D, transposed, false);
  return tf.reshape(product, [batch, transposed ? from : to, width, channels]);
}

/** (factor·size × size), row-major: what of the input each output pixel is. */
function alignedMatrix(size: number, factor: number): Float32Array {
  const outputs = size * factor;
  const matrix = new Float32Array(outputs * size);
  for (let position = 0; position < outputs; position++) {
    const exact = (position * (size - 1)) / (outputs - 1);
    const low = Math.floor(exact);
    matrix[position * size + low] += 1 - (exact - low);
    matrix[position * size + Math.min(low + 1, size - 1)] += exact - low;
  }
  return matrix;
}

import type { Engine } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { fixedTensor } from "../../layers/fixed-tensor.js";

export interface StainProduct {
  /**
   * W·H per pixel, summed over stains.
   * @param vector (b,h,w,s·3), stain-major. @param density (b,h,w,s). @returns (b,h,w,3)
   */
  multiply(vector: tfc.Tensor4D, density: tfc.Tensor4D): tfc.Tensor4D;
  dispose(): void;
}

const CHANNELS = 3;

/**
 * The sum over stains as two products with constant 0/1 matrices: each density is repeated for its three channels,
 * multiplied, and the stains of a channel are added. So it runs on matrix kernels, forward and backward.
 */
export function stainProduct({ tf }: Engine, stains: number): StainProduct {
  const columns = stains * CHANNELS;
  const repeat = matrix(stains, columns, (stain, column) => Math.floor(column / CHANNELS) === stain);
  const sum = matrix(columns, CHANNELS, (row, channel) => row % CHANNELS === channel);
  return {
    multiply(vector, density) {
      const [batch, height, width] = vector.shape;
      const pixels = batch * height * width;
      const repeated = tf.matMul(tf.reshape(density, [pixels, stains]), repeat);
      const products = tf.mul(tf.reshape(vector, [pixels, columns]), repeated);
      return tf.reshape(tf.matMul(products, sum), [batch, height, width, CHANNELS]);
    },
    dispose() {
      repeat.dispose();
      sum.dispose();
    },
  };

  function matrix(rows: number, width: number, isOne: (row: number, column: number) => boolean): tfc.Tensor2D {
    const values = Array.from({ length: rows * width }, (_, i) => Number(isOne(Math.floor(i / width), i % width)));
    return fixedTensor(tf, values, [rows, width]) as tfc.Tensor as tfc.Tensor2D;
  }
}

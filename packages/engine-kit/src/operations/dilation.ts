import type { Tf } from "@eosin/plugin-api/learning";
import type { Tensor4D } from "@tensorflow/tfjs-core";
import type { Padding } from "./convolution-traits.js";

export interface DilatedConvolution {
  readonly stride: number;
  readonly padding: Padding;
  readonly dilation: number;
}

/** @throws Error where both are above 1, which back ends compute differently or not at all. */
export function checkDilation({ stride, dilation }: Pick<DilatedConvolution, "stride" | "dilation">): void {
  if (stride !== 1 && dilation !== 1) {
    throw new Error(`A convolution has the stride ${stride} and the dilation ${dilation}: one of them must be 1.`);
  }
}

/**
 * A dilated convolution by undilated ones: output pixels see only input pixels of their own residues modulo the dilation.
 * So the pixels of each pair of residues become an image of their own, all of them one batch, and every kernel of stock
 * back ends will do, the gradients among them (Chen et al., 2018, section 3.1, compute it likewise from a subsampled map).
 * As many products as directly; the copies in between are of the padded size.
 * @param extent Height and width of the filter.
 * @param convolve Without stride, padding or dilation: (n,h,w,c) → (n, h − extent[0] + 1, w − extent[1] + 1, outputs).
 */
export function byPhases(
  tf: Tf,
  x: Tensor4D,
  { padding: [top, bottom, left, right], dilation }: DilatedConvolution,
  extent: readonly [number, number],
  convolve: (phases: Tensor4D) => Tensor4D,
): Tensor4D {
  const [batch, height, width, channels] = x.shape;
  const [paddedHeight, paddedWidth] = [height + top + bottom, width + left + right];
  const [rows, columns] = [Math.ceil(paddedHeight / dilation), Math.ceil(paddedWidth / dilation)];
  const around = tf.pad4d(x, [
    [0, 0],
    [top, rows * dilation - height - top],
    [left, columns * dilation - width - left],
    [0, 0],
  ]);
  // Each axis on its own: transpositions of rank 4 are fast on every back end.
  const byRow = tf.transpose(tf.reshape(around, [batch, rows, dilation, -1]), [2, 0, 1, 3]);
  const byColumn = tf.transpose(tf.reshape(byRow, [-1, columns, dilation, channels]), [2, 0, 1, 3]);
  const y = convolve(tf.reshape(byColumn, [dilation * dilation * batch, rows, columns, channels]));
  const [, outRows, outColumns, outputs] = y.shape;
  const wide = tf.transpose(tf.reshape(y, [dilation, -1, outColumns, outputs]), [1, 2, 0, 3]);
  const high = tf.transpose(tf.reshape(wide, [dilation, batch, outRows, -1]), [1, 2, 0, 3]);
  const whole = tf.reshape(high, [batch, outRows * dilation, outColumns * dilation, outputs]) as Tensor4D;
  const size = [paddedHeight - (extent[0] - 1) * dilation, paddedWidth - (extent[1] - 1) * dilation] as const;
  return tf.slice4d(whole, [0, 0, 0, 0], [batch, ...size, outputs]);
}

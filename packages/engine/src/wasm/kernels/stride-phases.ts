import type { Convolution, OutputLayout } from "./convolution.js";
import type { ConvolutionGeometry } from "./convolution-geometry.js";

/**
 * One phase of a convolution's gradient by its input. The input pixels of one residue modulo the stride see only every
 * stride-th filter tap: their gradient is a plain convolution of dy with those taps, turned by half a circle. So a
 * stride of s costs s² small convolutions and no zeros are multiplied.
 */
export interface Phase {
  /** First row and column of the input, then the strides. */
  readonly place: readonly [number, number, number, number];
  /** First filter row and column, the strides, and how many rows and columns; none where no tap reaches these pixels. */
  readonly taps?: readonly [number, number, number, number, number, number];
  /** From dy to these pixels; its channels are those of the dense convolution. */
  readonly convolution: Convolution;
  /** These pixels in dx, whose address is 0. */
  readonly layout: OutputLayout;
}

export function phasesOf(g: ConvolutionGeometry): Phase[] {
  const pixel = g.inChannels * 4;
  const row = g.inWidth * pixel;
  const rows = axisPhases(g.inHeight, g.filterHeight, g.strideHeight, g.padInfo.top);
  const columns = axisPhases(g.inWidth, g.filterWidth, g.strideWidth, g.padInfo.left);
  return rows.flatMap((y) =>
    columns.map((x): Phase => {
      const reached = y.taps > 0 && x.taps > 0;
      return {
        place: [y.first, x.first, g.strideHeight, g.strideWidth],
        ...(reached && { taps: [y.firstTap, x.firstTap, g.strideHeight, g.strideWidth, y.taps, x.taps] }),
        convolution: {
          batch: g.batchSize,
          height: g.outHeight,
          width: g.outWidth,
          inChannels: g.outChannels,
          outChannels: g.inChannels,
          filterHeight: y.taps,
          filterWidth: x.taps,
          strideHeight: 1,
          strideWidth: 1,
          top: y.before,
          left: x.before,
          outHeight: y.length,
          outWidth: x.length,
        },
        layout: {
          address: y.first * row + x.first * pixel,
          image: g.inHeight * row,
          row: g.strideHeight * row,
          pixel: g.strideWidth * pixel,
        },
      };
    }),
  );
}

/**
 * Along one axis: positions first, first + stride, …, `length` of them, are a convolution of dy, from `before` zeros ahead
 * (negative: positions left out), with taps firstTap, firstTap + stride, …
 *
 * @param padding zeros that the forward convolution set before the input
 */
function axisPhases(input: number, filter: number, stride: number, padding: number) {
  return Array.from({ length: Math.min(stride, input) }, (_, first) => {
    const firstTap = (first + padding) % stride;
    const taps = Math.max(0, Math.ceil((filter - firstTap) / stride));
    const offset = (first + padding - firstTap) / stride;
    return { first, length: Math.ceil((input - first) / stride), firstTap, taps, before: taps - 1 - offset };
  });
}

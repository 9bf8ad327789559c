import type { Convolution, OutputLayout } from "./convolution.js";
import type { KernelContext } from "./kernel-context.js";

/** Convolves each channel with its own filter, `filter` being the address of (filterHeight, filterWidth, channels). */
export function depthwiseConvolution(
  { native }: KernelContext,
  c: Convolution,
  x: number,
  filter: number,
  y: OutputLayout,
): void {
  native.depthwiseConv2d(
    x,
    filter,
    y.address,
    c.batch,
    c.height,
    c.width,
    c.inChannels,
    c.filterHeight,
    c.filterWidth,
    c.strideHeight,
    c.strideWidth,
    c.top,
    c.left,
    c.outHeight,
    c.outWidth,
    y.image,
    y.row,
    y.pixel,
  );
}

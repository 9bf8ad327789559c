import type { Convolution, OutputLayout } from "./convolution.js";
import type { KernelContext } from "./kernel-context.js";

/**
 * Packs a filter and convolves.
 *
 * @param pack writes the filter, packed, to an address
 * @param bias address of the biases, or 0
 * @param rectify whether negative results become 0
 */
export function denseConvolution(
  { native, withScratch }: KernelContext,
  c: Convolution,
  x: number,
  pack: (packed: number) => void,
  y: OutputLayout,
  bias = 0,
  rectify = false,
): void {
  const filter = [c.filterHeight, c.filterWidth, c.strideHeight, c.strideWidth] as const;
  const place = [c.top, c.left, c.outHeight, c.outWidth] as const;
  const packedBytes = native.packedFilterBytes(c.filterHeight * c.filterWidth * c.inChannels, c.outChannels);
  const scratchBytes = native.conv2dScratchBytes(c.height, c.width, c.inChannels, ...filter, ...place);
  withScratch(packedBytes + scratchBytes, (packed) => {
    pack(packed);
    native.conv2d(
      x,
      packed,
      bias,
      y.address,
      packed + packedBytes,
      c.batch,
      c.height,
      c.width,
      c.inChannels,
      c.outChannels,
      ...filter,
      ...place,
      y.image,
      y.row,
      y.pixel,
      Number(rectify),
    );
  });
}

import type { ConvolutionGeometry } from "./convolution-geometry.js";

/** The sizes of one convolution, as the functions of `assembly/` take them. */
export interface Convolution {
  readonly batch: number;
  readonly height: number;
  readonly width: number;
  readonly inChannels: number;
  readonly outChannels: number;
  readonly filterHeight: number;
  readonly filterWidth: number;
  readonly strideHeight: number;
  readonly strideWidth: number;
  /** Zeros before the first row and column; negative: rows and columns left out. Those at the other ends follow from the sizes. */
  readonly top: number;
  readonly left: number;
  readonly outHeight: number;
  readonly outWidth: number;
}

/** Where the output goes: an address and the bytes from one image, row and pixel to the next. */
export interface OutputLayout {
  readonly address: number;
  readonly image: number;
  readonly row: number;
  readonly pixel: number;
}

export function forwardConvolution(g: ConvolutionGeometry): Convolution {
  return { ...g, batch: g.batchSize, height: g.inHeight, width: g.inWidth, top: g.padInfo.top, left: g.padInfo.left };
}

/** A tensor of its own: rows and pixels one behind the other. */
export function denseLayout(g: ConvolutionGeometry, address: number): OutputLayout {
  const pixel = g.outChannels * 4;
  return { address, image: g.outHeight * g.outWidth * pixel, row: g.outWidth * pixel, pixel };
}

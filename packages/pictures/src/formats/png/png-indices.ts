import { decode } from "fast-png";
import { unpackBits } from "../unpack-bits.js";

/** A palette's pixels as indices, which sharp expands to colours. */
export interface IndexedPixels {
  readonly width: number;
  readonly height: number;
  readonly indices: Uint8Array;
  /** 0xRRGGBB by index. */
  readonly palette: readonly number[];
}

export function readPngIndices(bytes: Uint8Array): IndexedPixels {
  const { width, height, depth, data, palette = [] } = decode(bytes, { checkCrc: true });
  return {
    width,
    height,
    indices: unpackBits(data as Uint8Array, width, height, depth),
    palette: palette.map(([red, green, blue]) => (red << 16) | (green << 8) | blue),
  };
}

import { createJpegEncoder } from "./encode-jpeg.js";
import { packMask } from "./mask-bits.js";
import type { SampleThumbnails } from "./sample-figures.js";

/** A sample's small pictures as they are kept: 7 KB at most for what tissue looks like. */
export interface StoredThumbnails {
  /** Pixels of `picture` and `mask`. */
  readonly width: number;
  readonly height: number;
  /** JPEG. */
  readonly picture: Uint8Array;
  /** Of `packMask`; absent where the sample has no mask. */
  readonly mask?: Uint8Array;
  /** See `SampleThumbnails`. */
  readonly density: Uint8Array;
}

const encodeJpeg = createJpegEncoder(75);

export function storeThumbnails({ image, mask, density }: SampleThumbnails): StoredThumbnails {
  const { width, height } = image;
  return { width, height, picture: encodeJpeg(image), density, ...(mask && { mask: packMask(mask) }) };
}

import sharp from "@eosin/pictures/sharp";
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

/** JPEG is written in less than half of the time that WebP takes at the same size. */
const quality = 80;

export async function storeThumbnails({ image, mask, density }: SampleThumbnails): Promise<StoredThumbnails> {
  const { width, height, data } = image;
  const picture = await sharp(data, { raw: { width, height, channels: 3 } })
    .jpeg({ quality })
    .toBuffer();
  return { width, height, picture, density, ...(mask && { mask: packMask(mask) }) };
}

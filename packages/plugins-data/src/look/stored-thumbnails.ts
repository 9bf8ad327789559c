import { encodeJpeg } from "@eosin/pictures";
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

const quality = 75;

export async function storeThumbnails({ image, mask, density }: SampleThumbnails): Promise<StoredThumbnails> {
  const { width, height } = image;
  const picture = await encodeJpeg(image, quality);
  return { width, height, picture, density, ...(mask && { mask: packMask(mask) }) };
}

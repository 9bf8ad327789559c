import type { RgbImage } from "@eosin/plugin-api/imaging";
import type { ByteMap } from "../colour-spaces/byte-map.js";
import { lightness } from "../colour-spaces/lab.js";
import { scratch } from "../pixel-kernels/scratch.js";
import { TISSUE_LIGHTNESS } from "./tissue.js";

/** The paper's code learns a dictionary on a copy of this width and height. */
const LARGEST_SIDE = 224;

const pixels = scratch((length) => new Uint32Array(length));

export interface TissueSample {
  /** Tissue pixels as red·65536 + green·256 + blue, after the map. */
  readonly packed: Uint32Array;
  /** Tissue pixels over all sampled ones. */
  readonly share: number;
}

/**
 * The tissue pixels of a nearest-neighbour copy (source index ⌊i·(n/224)⌋ in doubles, as OpenCV rounds it) of at most 224 × 224. A side that is shorter
 * is taken as it is: copies of its pixels would tell nothing new.
 * @returns In memory that the next call overwrites.
 */
export function sampleTissue(image: RgbImage, map: ByteMap, largestSide = LARGEST_SIDE): TissueSample {
  const columns = Math.min(image.width, largestSide);
  const rows = Math.min(image.height, largestSide);
  const packed = pixels(columns * rows);
  let count = 0;
  for (let y = 0; y < rows; y++) {
    const line = Math.floor(y * (image.height / rows)) * image.width;
    for (let x = 0; x < columns; x++) {
      const at = 3 * (line + Math.floor(x * (image.width / columns)));
      const r = map[image.data[at]];
      const g = map[image.data[at + 1]];
      const b = map[image.data[at + 2]];
      if (lightness(r, g, b) < TISSUE_LIGHTNESS * 255) packed[count++] = (r << 16) | (g << 8) | b;
    }
  }
  return { packed: packed.subarray(0, count), share: count / packed.length };
}

import type { Sample } from "@eosin/plugin-api/imaging";
import { type Brightness, estimateSpcn, measureBrightness } from "./spcn-estimate.js";
import type { StainMatrix } from "./stain-matrix.js";
import { sampleTissue } from "./tissue-sample.js";
import { isUnsuitable, type Unsuitable } from "./unsuitable.js";

export interface SeparatedStains {
  readonly brightness: Brightness;
  readonly matrix: StainMatrix;
}

/** Finds the stains of a sample. */
export interface StainEstimator {
  estimate(sample: Sample): SeparatedStains | Unsuitable;
}

const CAPACITY = 4096;

/**
 * Remembers stain matrices, the expensive part of a separation, by sample id and content. The content's hash ignores where
 * pixels lie, as the matrix does: flips and rotations of a patch share an entry, and a result never depends on which
 * of them came first.
 */
export class StainCache implements StainEstimator {
  readonly #entries = new Map<string, StainMatrix | Unsuitable>();

  estimate(sample: Sample): SeparatedStains | Unsuitable {
    const brightness = measureBrightness(sample.image);
    if (isUnsuitable(brightness)) return brightness;
    const tissue = sampleTissue(sample.image, brightness.map);
    const key = `${sample.id} ${tissue.share} ${unorderedHash(tissue.packed)}`;
    let matrix = this.#entries.get(key);
    if (!matrix) {
      matrix = estimateSpcn(tissue);
      if (this.#entries.size === CAPACITY) this.#entries.delete(this.#entries.keys().next().value as string);
      this.#entries.set(key, matrix);
    }
    return isUnsuitable(matrix) ? matrix : { brightness, matrix };
  }
}

/** 64 bits: the sums of two mixes of each word (the finalisers of MurmurHash3 and of its 32-bit sibling by Pettersen). */
function unorderedHash(words: Uint32Array): string {
  let first = 0;
  let second = 0;
  for (let i = 0; i < words.length; i++) {
    let h = words[i] + 1;
    h = Math.imul(h ^ (h >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    h ^= h >>> 16;
    first = (first + h) | 0;
    h = Math.imul(h ^ (h >>> 15), 0x2c1b3c6d);
    h = Math.imul(h ^ (h >>> 12), 0x297a2d39);
    second = (second + (h ^ (h >>> 15))) | 0;
  }
  return `${first >>> 0}-${second >>> 0}`;
}

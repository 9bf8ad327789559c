import { HashIndex } from "./hash-index.js";
import { type PerceptualHash, perceptualHash, turnedHashes } from "./perceptual-hash.js";
import { type ComparableThumbnail, comparableThumbnail, likeness, thumbnailContrast } from "./thumbnail-likeness.js";
import type { Turn } from "./turns.js";

/** What pictures are compared by. */
export interface ComparedSample {
  readonly id: string;
  /** See `SampleFigures`. */
  readonly pixels: string;
  /** Standard deviation of grey. */
  readonly contrast: number;
  /** See `SampleThumbnails`. */
  readonly density: Uint8Array;
}

/** Two pictures of one content. */
export interface DuplicatePair {
  readonly first: string;
  readonly second: string;
  /** Pixel for pixel. */
  readonly identical: boolean;
  /** Of their thumbnails, above {@link leastCorrelation}. */
  readonly correlation: number;
  /** What makes the first like the second. */
  readonly turn: Turn;
}

export interface NearDuplicates {
  /** In the order of the samples. Of many copies of one picture not every two are here: just enough to link them all. */
  readonly pairs: readonly DuplicatePair[];
  /** Ids of pictures that pairs link, two or more each. */
  readonly groups: readonly (readonly string[])[];
  /** Ids of pictures with too little in them to tell one from another, e.g. of the bare slide. */
  readonly leftOut: readonly string[];
}

/** Thumbnails of one content correlate above it. */
export const leastCorrelation = 0.95;

/** Of `thumbnailContrast`: below it, noise would be compared. */
const leastThumbnailContrast = 2;

/** Standard deviation of grey below which even identical pictures say nothing: one colour all over. */
const leastContrast = 1;

/** A copy whose hash differs from one in the index in no more bits need not be there too. */
const nearlyThere = 2;

/**
 * Finds pictures that are the same, or the same but for recompression, size, brightness, turning, mirroring or a shift
 * by a pixel: candidates by perceptual hash, confirmed by correlation.
 */
export function findNearDuplicates(samples: readonly ComparedSample[]): NearDuplicates {
  const search = new DuplicateSearch(samples);
  for (let item = 0; item < samples.length; item++) search.add(item);
  return search.result();
}

class DuplicateSearch {
  private readonly index: HashIndex;
  /** By item, once it is asked for: most pictures are like no other. */
  private readonly comparable: (ComparableThumbnail | undefined)[] = [];
  private readonly byPixels = new Map<string, number>();
  private readonly parents: Int32Array;
  private readonly pairs: DuplicatePair[] = [];
  private readonly leftOut: string[] = [];

  constructor(private readonly samples: readonly ComparedSample[]) {
    this.index = new HashIndex(samples.length);
    this.parents = Int32Array.from(samples, (_, item) => item);
  }

  add(item: number): void {
    const { id, pixels, contrast, density } = this.samples[item];
    if (contrast < leastContrast) {
      this.leftOut.push(id);
      return;
    }
    const twin = this.byPixels.get(pixels);
    if (twin !== undefined) {
      this.link(twin, item, { identical: true, correlation: 1, turn: "as it is" });
      return;
    }
    this.byPixels.set(pixels, item);
    if (thumbnailContrast(density) < leastThumbnailContrast) this.leftOut.push(id);
    else this.addHash(item, perceptualHash(density));
  }

  private addHash(item: number, hash: PerceptualHash): void {
    let known = false;
    for (const turned of turnedHashes(hash)) {
      this.index.forEachNear(turned, (other, distance) => {
        if (!this.linked(item, other)) this.compare(other, item);
        known ||= distance <= nearlyThere && this.linked(item, other);
      });
    }
    // A further copy would be found along with the one that is there: a thousand copies stay a thousand searches.
    if (!known) this.index.add(hash, item);
  }

  private compare(first: number, second: number): void {
    const { correlation, turn } = likeness(this.comparableOf(first), this.comparableOf(second));
    if (correlation > leastCorrelation) this.link(first, second, { identical: false, correlation, turn });
  }

  private comparableOf(item: number): ComparableThumbnail {
    this.comparable[item] ??= comparableThumbnail(this.samples[item].density);
    return this.comparable[item];
  }

  private link(first: number, second: number, how: Omit<DuplicatePair, "first" | "second">): void {
    this.parents[this.root(second)] = this.root(first);
    this.pairs.push({ first: this.samples[first].id, second: this.samples[second].id, ...how });
  }

  private linked(a: number, b: number): boolean {
    return this.root(a) === this.root(b);
  }

  private root(item: number): number {
    const { parents } = this;
    let at = item;
    while (parents[at] !== at) {
      parents[at] = parents[parents[at]];
      at = parents[at];
    }
    return at;
  }

  result(): NearDuplicates {
    const groups = new Map<number, string[]>();
    this.samples.forEach(({ id }, item) => {
      const root = this.root(item);
      const group = groups.get(root);
      if (group) group.push(id);
      else groups.set(root, [id]);
    });
    return {
      pairs: this.pairs,
      groups: [...groups.values()].filter((group) => group.length > 1),
      leftOut: this.leftOut,
    };
  }
}

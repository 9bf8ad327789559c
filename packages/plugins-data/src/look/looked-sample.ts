import type { SampleFigures } from "./sample-figures.js";
import type { StainFigures } from "./stain-figures.js";

/** What a file is, as its reader tells. */
export interface FileFacts {
  /** Bytes. */
  readonly bytes: number;
  /** As its ending would be, e.g. `png`, `tif`. */
  readonly format: string;
  /** Bits a channel. */
  readonly bitDepth: number;
}

/** A sample that was decoded once: all that is kept of it but its thumbnails. Plain JSON. */
export interface LookedSample {
  /** Of the content, as the dataset's index has it. */
  readonly hash: string;
  readonly id: string;
  readonly domain: string;
  readonly figures: SampleFigures;
  /** Absent where no plugin that separates stains is among the document's. */
  readonly stains?: StainFigures;
  /** Absent where the sample is drawn, not read. */
  readonly image?: FileFacts;
  readonly mask?: FileFacts;
}

/** A file that could not be read as it must be. */
export interface LookProblem {
  readonly file: string;
  readonly message: string;
  readonly found?: string;
  readonly expected?: string;
  /** What to do about it. */
  readonly next?: string;
}

export function byDomain<Each extends { readonly domain: string }>(samples: readonly Each[]): Map<string, Each[]> {
  const domains = new Map<string, Each[]>();
  for (const sample of samples) {
    const members = domains.get(sample.domain);
    if (members) members.push(sample);
    else domains.set(sample.domain, [sample]);
  }
  return domains;
}

import type { LabelTally, ValueExtremes } from "@eosin/pictures";
import type { ReadingOptions } from "../pairs/reading-options.js";
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
  /** How its files were read; absent where the sample is drawn. */
  readonly reading?: SampleReading;
}

/** What one sample's files say about how all of them must be read. */
export interface SampleReading {
  /** What was done to the image's values, in words. */
  readonly remarks: readonly string[];
  /** Of an image of more than 8 bits. */
  readonly extremes?: ValueExtremes;
  /** The range that it says itself. */
  readonly declaredRange?: number;
  readonly tally?: LabelTally;
}

/** The same sample, its mask at `path`: what is stored of it says of no file where it is. */
export function withMaskAt<Looked extends LookedSample>(sample: Looked, path: string): Looked {
  const { reading } = sample;
  return reading?.tally ? { ...sample, reading: { ...reading, tally: { ...reading.tally, path } } } : sample;
}

/** Whether files that were not looked at yet may still decide how this one is read. */
export function mayBeReadOtherwise(
  { reading }: LookedSample,
  { range, maskThreshold, maskChannel }: ReadingOptions,
): boolean {
  if (reading?.extremes && range === undefined) return true;
  const { lossy, alpha } = reading?.tally ?? {};
  return (lossy === true && maskThreshold === undefined) || (alpha !== undefined && maskChannel === undefined);
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

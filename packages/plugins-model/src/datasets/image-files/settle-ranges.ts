import { type ImageOptions, isDeep, type PictureHeader, rangeFor, readImage } from "@eosin/pictures";
import { inParallel } from "@eosin/support/in-parallel";
import { attempt, type ImageFault } from "./survey-images.js";

export interface SettledRanges {
  /** By path; only of images of more than 8 bits. */
  readonly ranges: ReadonlyMap<string, number>;
  readonly faults: readonly ImageFault[];
}

const DECODED_AT_ONCE = 2;

/**
 * What the values of images of more than 8 bits are scaled by: one range for all of them, so that equal values stay
 * equal. It is `reading.range`, else the one that all state, else the smallest usual range that holds the values of
 * all, for which each is decoded once. Integers and floating-point numbers are told apart: they share no unit.
 */
export async function settleRanges(headers: readonly PictureHeader[], reading: ImageOptions): Promise<SettledRanges> {
  const deep = headers.filter(isDeep);
  const ranges = new Map<string, number>();
  const faults: ImageFault[] = [];
  if (reading.range !== undefined) {
    for (const { path } of deep) ranges.set(path, reading.range);
    return { ranges, faults };
  }
  for (const isFloat of [false, true]) {
    const alike = deep.filter(({ sampleType }) => (sampleType === "float") === isFloat);
    const [stated, ...more] = new Set(alike.map(({ declaredRange }) => declaredRange));
    if (stated !== undefined && more.length === 0) {
      for (const { path } of alike) ranges.set(path, stated);
      continue;
    }
    const measured = await inParallel(alike, DECODED_AT_ONCE, ({ path, declaredRange }) =>
      attempt(path, async () => declaredRange ?? (await readImage(path, reading)).extremes?.largest ?? 0),
    );
    faults.push(...measured.flatMap(({ fault }) => fault ?? []));
    const largest = measured.reduce((most, { value = 0 }) => Math.max(most, value), 0);
    alike.forEach(({ path }, i) => {
      const range = rangeFor(largest) ?? largest;
      if (measured[i].fault === undefined) ranges.set(path, range);
    });
  }
  return { ranges, faults };
}

import { EosinError } from "@eosin/plugin-api";
import type { LabelTally } from "./label-tally.js";

/** The mask of a lossy file spans its data set's range; what spans less holds one label and noise. */
export const LEVELS_TO_THRESHOLD = 16;
/** A lossy white. */
const NEARLY_WHITE = 240;

/** Halfway between the darkest and the brightest level of all lossy masks; nothing where they span too little. */
export function middleOf(lossy: readonly LabelTally[]): number | undefined {
  const { largest, smallest } = spanOf(lossy);
  if (largest >= NEARLY_WHITE && smallest < LEVELS_TO_THRESHOLD) return 127;
  return largest - smallest >= LEVELS_TO_THRESHOLD ? (smallest + largest) / 2 : undefined;
}

/** The darkest and the brightest level of them all. */
export function spanOf(tallies: readonly LabelTally[]): { readonly smallest: number; readonly largest: number } {
  return tallies.reduce(
    (span, { smallest, largest }) => ({
      smallest: Math.min(span.smallest, smallest),
      largest: Math.max(span.largest, largest),
    }),
    { smallest: Number.POSITIVE_INFINITY, largest: Number.NEGATIVE_INFINITY },
  );
}

/** Below this share of the data set's brightest level, a mask that holds more than noise was drawn in other levels. */
const SAME_LEVELS = 0.6;
const AN_AREA = 0.005;

export function lossyLevelsDiffer(lossy: readonly LabelTally[]): EosinError[] {
  const brightest = lossy.reduce((a, b) => (b.largest > a.largest ? b : a));
  const other = lossy.find((tally) => {
    const { largest, smallest, counts, pixels } = tally;
    if (largest - smallest < LEVELS_TO_THRESHOLD || largest >= SAME_LEVELS * brightest.largest) return false;
    // A few pixels of a thin shape may be that dark; an area is not.
    const bright = counts.reduce((sum, [level, count]) => (level > (smallest + largest) / 2 ? sum + count : sum), 0);
    return bright >= AN_AREA * pixels;
  });
  if (other === undefined) return [];
  return [
    new EosinError({
      code: "MASK_UNCLEAR",
      message: "Lossy masks of the data set use different levels.",
      place: other.path,
      expected: `levels up to about ${brightest.largest}, as ${brightest.path}`,
      found: `levels up to ${other.largest}`,
      next: "Export the masks as PNG, or say where foreground begins, e.g. maskThreshold: 50.",
    }),
  ];
}

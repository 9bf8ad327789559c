import type { LookLine } from "@eosin/plugin-api";
import type { LookRecord } from "./look-record.js";
import type { Looked, SplitSides } from "./looked.js";
import { findNearDuplicates } from "./near-duplicates.js";
import { sanityLines } from "./sanity-lines.js";

/** What lines about several records are made from. */
export function recordsOf(records: readonly LookRecord[], splits?: readonly SplitSides[]): Looked {
  const duplicates = findNearDuplicates(
    records.map(({ sample: { id, figures }, thumbnails: { density } }) => ({
      id,
      pixels: figures.pixels,
      contrast: figures.contrast,
      density,
    })),
  );
  return { samples: records.map(({ sample }) => sample), duplicates, splits };
}

/** The lines of some codes; none about nothing. */
export function linesOfNote(looked: Looked, codes: readonly string[]): LookLine[] {
  if (looked.samples.length === 0) return [];
  return sanityLines(looked)
    .filter(({ code }) => codes.includes(code))
    .map(({ level, text }) => ({ level, text }));
}

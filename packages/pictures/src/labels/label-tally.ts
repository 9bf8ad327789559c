import type { Labels } from "./read-labels.js";

/** How often each label of one mask occurs: all that the rule of a data set's masks is made from. */
export interface LabelTally {
  readonly path: string;
  readonly of: Labels["of"];
  readonly lossy: boolean;
  readonly pixels: number;
  /** Label and pixels, most frequent first; at most {@link LABELS_AT_MOST}. */
  readonly counts: readonly (readonly [label: number, pixels: number])[];
  /** Labels beyond those. */
  readonly more: number;
  /** There are values that are not numbers. */
  readonly hasNaN: boolean;
  readonly smallest: number;
  readonly largest: number;
  /** Colours by index, of the indices that occur. */
  readonly palette?: { readonly [index: string]: number };
  readonly alpha?: AlphaTally;
}

/** What the alpha channel of a mask says beside its colours. */
export interface AlphaTally {
  readonly transparent: number;
  readonly opaque: number;
  /** Neither. */
  readonly between: number;
  /** A pixel has a label other than 0 just where it is not transparent. */
  readonly agrees: boolean;
}

export const LABELS_AT_MOST = 64;

/** Counts the labels of a mask, in one pass. */
export function tallyLabels(labels: Labels): LabelTally {
  const { values, of, header, palette } = labels;
  const counted = count(values);
  const sorted = [...counted].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const counts = sorted.slice(0, LABELS_AT_MOST);
  return {
    path: header.path,
    of,
    lossy: header.lossy,
    pixels: values.length,
    counts,
    more: sorted.length - counts.length,
    hasNaN: counted.has(Number.NaN),
    smallest: sorted.reduce((least, [label]) => Math.min(least, label), Number.POSITIVE_INFINITY),
    largest: sorted.reduce((most, [label]) => Math.max(most, label), Number.NEGATIVE_INFINITY),
    palette: palette && Object.fromEntries(counts.map(([index]) => [index, palette[index] ?? 0])),
    alpha: tallyAlpha(labels),
  };
}

function count(values: Labels["values"]): Map<number, number> {
  const counts = new Map<number, number>();
  if (values instanceof Uint8Array) {
    histogramOf(values).forEach((pixels, label) => {
      if (pixels > 0) counts.set(label, pixels);
    });
    return counts;
  }
  for (let i = 0; i < values.length; ) {
    // Labels come in runs.
    const label = values[i];
    const from = i;
    while (i < values.length && (values[i] === label || (Number.isNaN(values[i]) && Number.isNaN(label)))) i++;
    counts.set(label, (counts.get(label) ?? 0) + i - from);
  }
  return counts;
}

/**
 * Of bytes alone, most of all masks: one kind of array makes the loop fast. Labels come in runs, and a count that was just
 * written is slow to read again: four histograms take turns.
 */
function histogramOf(values: Uint8Array): Uint32Array {
  const counts = new Uint32Array(4 * 256);
  const whole = values.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    counts[values[i]]++;
    counts[256 + values[i + 1]]++;
    counts[512 + values[i + 2]]++;
    counts[768 + values[i + 3]]++;
  }
  for (let i = whole; i < values.length; i++) counts[values[i]]++;
  for (let i = 256; i < counts.length; i++) counts[i & 255] += counts[i];
  return counts.subarray(0, 256);
}

function largestOf(values: Labels["values"]): number {
  let largest = 0;
  for (const value of values) if (value > largest) largest = value;
  return largest;
}

function tallyAlpha({ values, alpha }: Labels): AlphaTally | undefined {
  if (alpha === undefined) return undefined;
  const opaqueFrom = alpha instanceof Uint8Array ? 255 : largestOf(alpha);
  let transparent = 0;
  let opaque = 0;
  let agrees = true;
  for (let i = 0; i < alpha.length; i++) {
    if (alpha[i] === 0) transparent++;
    else if (alpha[i] >= opaqueFrom) opaque++;
    if ((alpha[i] !== 0) !== (values[i] !== 0)) agrees = false;
  }
  return { transparent, opaque, between: alpha.length - transparent - opaque, agrees };
}

import { EosinError } from "@eosin/plugin-api";
import { colourName, describeLabels, labelName } from "./describe-labels.js";
import type { LabelTally } from "./label-tally.js";

/** A label as a document writes it: a number, or a colour `#rrggbb`. */
export type WrittenLabel = number | string;

/** How masks become 0 and 1. It is the data set's: every mask is read by the same. */
export interface MaskRule {
  /** Labels that are foreground; without it every label but 0 is. */
  readonly foreground?: readonly WrittenLabel[];
  /** Labels that count as neither: 255 in the mask. */
  readonly ignored?: readonly WrittenLabel[];
  /** Where labels stand: in colours (or greys), or in alpha. Without it, in colours unless only alpha tells pixels apart. */
  readonly channel?: "colour" | "alpha";
  /** For lossy masks: levels above it are foreground. */
  readonly threshold?: number;
}

/** What {@link settleMaskRule} found. */
export interface SettledMasks {
  /** What is not said by the options, but by all masks together. */
  readonly rule: Pick<MaskRule, "channel" | "threshold">;
  /** Of single masks, each naming its file; nothing can be read while there is one. */
  readonly problems: readonly EosinError[];
  /** Of all masks together, naming one of them. */
  readonly together: readonly EosinError[];
  readonly warnings: readonly string[];
}

/** The mask of a lossy file spans its data set's range; what spans less holds one label and noise. */
const LEVELS_TO_THRESHOLD = 16;
/** A lossy white. */
const NEARLY_WHITE = 240;

/**
 * Judges all masks of a data set together: which channel holds the labels, where lossy masks are cut, and whether the
 * labels are two.
 */
export function settleMaskRule(tallies: readonly LabelTally[], rule: MaskRule): SettledMasks {
  const channel = rule.channel ?? channelOf(tallies);
  const problems: EosinError[] = [];
  const together: EosinError[] = [];
  const warnings: string[] = [];
  if (channel === undefined) {
    const first = tallies.find(({ alpha }) => alpha && alpha.opaque < alpha.transparent + alpha.opaque + alpha.between);
    together.push(alphaDisagrees(first as LabelTally));
  }
  const byColour = channel === "alpha" ? [] : tallies.filter(({ lossy }) => !lossy);
  const lossy = channel === "alpha" ? [] : tallies.filter((tally) => tally.lossy);
  let threshold = rule.threshold;
  if (lossy.length > 0) {
    problems.push(...lossy.filter(({ of }) => of === "colours").map(lossyColours));
    if (threshold === undefined) together.push(...lossyLevelsDiffer(lossy));
    if (rule.foreground) together.push(lossyClasses(lossy[0]));
    threshold ??= middleOf(lossy);
    if (threshold === undefined) together.push(lossyFlat(lossy));
    else
      warnings.push(
        `${lossy.length} ${lossy.length === 1 ? "mask is" : "masks are"} lossy (JPEG or such): levels above ${threshold} are foreground`,
      );
  }
  if (rule.foreground) {
    problems.push(...byColour.filter(({ hasNaN }) => hasNaN).map((tally) => notBinary(tally, describeLabels(tally))));
    together.push(...unknownLabels(byColour, rule, warnings));
  } else {
    const single = byColour.filter(hasNoMeaning).map((tally) => notBinary(tally, describeLabels(tally)));
    problems.push(...single);
    if (single.length === 0) together.push(...moreThanTwo(byColour));
  }
  return { rule: { channel, threshold }, problems, together, warnings };
}

/** @returns Nothing where alpha and colours say different things. */
export function channelOf(tallies: readonly LabelTally[]): "colour" | "alpha" | undefined {
  const telling = tallies.filter(({ alpha }) => alpha && alpha.transparent + alpha.between > 0);
  if (telling.every(({ alpha }) => alpha?.agrees)) return "colour";
  const oneColour = tallies.every(
    ({ counts, alpha }) => alpha && counts.length === 1 && counts[0][0] === tallies[0].counts[0][0],
  );
  return oneColour ? "alpha" : undefined;
}

/** Halfway between the darkest and the brightest level of all lossy masks; nothing where they span too little. */
export function middleOf(lossy: readonly LabelTally[]): number | undefined {
  const largest = Math.max(...lossy.map((tally) => tally.largest));
  const smallest = Math.min(...lossy.map((tally) => tally.smallest));
  if (largest >= NEARLY_WHITE && smallest < LEVELS_TO_THRESHOLD) return 127;
  return largest - smallest >= LEVELS_TO_THRESHOLD ? (smallest + largest) / 2 : undefined;
}

/** Below this share of the data set's brightest level, a mask that holds more than noise was drawn in other levels. */
const SAME_LEVELS = 0.6;
const AN_AREA = 0.005;

function lossyLevelsDiffer(lossy: readonly LabelTally[]): EosinError[] {
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

function moreThanTwo(tallies: readonly LabelTally[]): EosinError[] {
  const differing = palettesDiffer(tallies);
  if (differing) return [differing];
  const all = mergeTallies(tallies);
  if (all === undefined) return [];
  const labels = all.counts.length + all.more;
  const hasZero = all.counts.some(([label]) => label === 0);
  if (labels <= 1 || (labels === 2 && hasZero)) return [];
  return [notBinary({ ...tallies[0], ...all }, `all masks together hold ${describeLabels(all)}`)];
}

/** Whether a lossless mask by itself is none of 0 and one other label. */
export function hasNoMeaning({ of, counts, more, hasNaN }: LabelTally): boolean {
  const labels = counts.length + more;
  const hasZero = counts.some(([label]) => label === 0);
  return of === "colours" || hasNaN || labels > 2 || (labels === 2 && !hasZero);
}

/** Indices mean labels only while the same index is the same colour in every file. */
function palettesDiffer(tallies: readonly LabelTally[]): EosinError | undefined {
  const colours = new Map<string, { colour: number; path: string }>();
  for (const { palette = {}, path } of tallies) {
    for (const [index, colour] of Object.entries(palette)) {
      const known = colours.get(index);
      if (known === undefined) colours.set(index, { colour, path });
      else if (known.colour !== colour) {
        return new EosinError({
          code: "PALETTES_DIFFER",
          message: "Two masks give one index of their palettes different colours.",
          place: path,
          expected: `index ${index} is ${colourName(known.colour)}, as in ${known.path}`,
          found: colourName(colour),
          next: `Name the colours: classes: { tumour: "${colourName(colour)}" }.`,
        });
      }
    }
  }
  return undefined;
}

function unknownLabels(tallies: readonly LabelTally[], rule: MaskRule, warnings: string[]): EosinError[] {
  const numbers = [...(rule.foreground ?? []), ...(rule.ignored ?? [])].filter((label) => typeof label === "number");
  const differing = numbers.length > 0 ? palettesDiffer(tallies) : undefined;
  if (differing) return [differing];
  const coloured = tallies.find(({ of }) => of === "colours");
  if (coloured && numbers.length > 0) {
    return [
      new EosinError({
        code: "MASK_NOT_BINARY",
        message: "The classes are given as numbers, and the mask holds colours.",
        place: coloured.path,
        expected: `colours, e.g. classes: { tumour: "${colourName(coloured.counts.find(([label]) => label !== 0)?.[0] ?? 0)}" }`,
        found: describeLabels(coloured),
        next: "Write the classes as colours.",
      }),
    ];
  }
  const seen = new Set(
    tallies.flatMap(({ of, counts, palette }) => counts.flatMap(([label]) => namesOf(label, of, palette))),
  );
  for (const label of [...(rule.foreground ?? []), ...(rule.ignored ?? [])]) {
    const name = String(label).toLowerCase();
    if (tallies.length > 0 && !seen.has(name)) warnings.push(`no mask holds the label ${label} of \`classes\``);
  }
  return [];
}

/** The ways in which a document may write a label. */
export function namesOf(label: number, of: LabelTally["of"], palette?: { readonly [index: string]: number }): string[] {
  if (of === "colours") return [colourName(label)];
  if (of === "indices") return [String(label), colourName(palette?.[label] ?? 0)];
  return [String(label), ...(label >= 0 && label <= 255 ? [colourName(label * 0x010101)] : [])];
}

/** Counts of several masks as of one. */
function mergeTallies(
  tallies: readonly LabelTally[],
): Pick<LabelTally, "of" | "counts" | "more" | "pixels"> | undefined {
  if (tallies.length === 0) return undefined;
  const merged = new Map<number, number>();
  for (const { counts } of tallies) {
    for (const [label, pixels] of counts) merged.set(label, (merged.get(label) ?? 0) + pixels);
  }
  const counts = [...merged].sort((a, b) => b[1] - a[1] || a[0] - b[0]);
  const pixels = tallies.reduce((sum, tally) => sum + tally.pixels, 0);
  return { of: tallies[0].of, counts, more: Math.max(...tallies.map((tally) => tally.more)), pixels };
}

export function notBinary({ path, of, counts }: LabelTally, found: string): EosinError {
  const others = counts.flatMap(([label]) =>
    label === 0 ? [] : [of === "colours" ? `"${labelName(label, of)}"` : String(label)],
  );
  const isLabel = of === "colours" || counts.every(([label]) => Number.isInteger(label) && label >= 0);
  const example = others.length === 2 ? `[${others.join(", ")}]` : (others[0] ?? "1");
  return new EosinError({
    code: "MASK_NOT_BINARY",
    message:
      of === "colours"
        ? "The mask holds colours, which are labels only where they are named."
        : "The masks hold other labels than 0 and one more.",
    place: path,
    expected: "0 for normal and one other value for tumour, in all masks the same",
    found,
    next: isLabel
      ? `Say which labels are tumour, e.g. classes: { tumour: ${example} }; all others are normal, those of \`ignore\` neither.`
      : "Save the mask with whole numbers from 0 on: one for normal, one for tumour.",
  });
}

function alphaDisagrees(tally: LabelTally): EosinError {
  return new EosinError({
    code: "MASK_UNCLEAR",
    message: "The mask's transparency and its colours say different things.",
    place: tally.path,
    expected: "labels in the colours, or in alpha",
    found: `${describeLabels(tally)} in the colours, and ${Math.round((100 * (tally.alpha?.transparent ?? 0)) / tally.pixels)} % transparent`,
    next: "Say which counts: maskChannel: colour, or maskChannel: alpha.",
  });
}

function lossyColours(tally: LabelTally): EosinError {
  return new EosinError({
    code: "MASK_NOT_BINARY",
    message: "The mask holds colours, and its compression changed them.",
    place: tally.path,
    expected: "a lossless mask (PNG, TIFF), or one in grey",
    found: `${tally.counts.length + tally.more} colours`,
    next: "Export the mask again as PNG.",
  });
}

function lossyClasses(tally: LabelTally): EosinError {
  return new EosinError({
    code: "MASK_NOT_BINARY",
    message: "The mask's compression changed its labels: classes cannot be found in it.",
    place: tally.path,
    expected: "lossless masks (PNG, TIFF)",
    found: "a lossy one",
    next: "Export the mask again as PNG, or leave `classes` out: levels above the middle are then foreground.",
  });
}

export function lossyFlat(lossy: readonly LabelTally[]): EosinError {
  const largest = Math.max(...lossy.map((tally) => tally.largest));
  const smallest = Math.min(...lossy.map((tally) => tally.smallest));
  return new EosinError({
    code: "MASK_NOT_BINARY",
    message: "The masks are lossy and span too few levels to tell labels from noise.",
    place: lossy[0].path,
    expected: `at least ${LEVELS_TO_THRESHOLD} levels between background and foreground`,
    found: `levels from ${smallest} to ${largest}`,
    next: "Export the masks again as PNG, or say where foreground begins, e.g. maskThreshold: 0.5.",
  });
}

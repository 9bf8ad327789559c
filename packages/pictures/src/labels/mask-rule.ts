import { EosinError } from "@eosin/plugin-api";
import { colourName, describeLabels } from "./describe-labels.js";
import type { LabelTally } from "./label-tally.js";
import { lossyLevelsDiffer, middleOf } from "./lossy-levels.js";
import { alphaDisagrees, lossyClasses, lossyColours, lossyFlat, notBinary } from "./mask-faults.js";

/** A label as a document writes it: a number, or a colour `#rrggbb`. */
export type WrittenLabel = number | string;

/** How masks become 0 and 1. It is the data set's: every mask is read by the same. */
export interface MaskRule {
  /** Labels that are foreground; without it every label but 0 is. */
  readonly foreground?: readonly WrittenLabel[];
  /** Labels that count as neither: 255 in the mask. */
  readonly ignored?: readonly WrittenLabel[];
  /** Where labels are: in colours (or greys), or in alpha. Without it, in colours unless only alpha tells pixels apart. */
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
  return { of: tallies[0].of, counts, more: tallies.reduce((most, { more }) => Math.max(most, more), 0), pixels };
}

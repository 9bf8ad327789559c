import { EosinError } from "@eosin/plugin-api";
import { describeLabels, labelName } from "./describe-labels.js";
import type { LabelTally } from "./label-tally.js";
import { LEVELS_TO_THRESHOLD, spanOf } from "./lossy-levels.js";

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

export function alphaDisagrees(tally: LabelTally): EosinError {
  return new EosinError({
    code: "MASK_UNCLEAR",
    message: "The mask's transparency and its colours say different things.",
    place: tally.path,
    expected: "labels in the colours, or in alpha",
    found: `${describeLabels(tally)} in the colours, and ${Math.round((100 * (tally.alpha?.transparent ?? 0)) / tally.pixels)} % transparent`,
    next: "Say which counts: maskChannel: colour, or maskChannel: alpha.",
  });
}

export function lossyColours(tally: LabelTally): EosinError {
  return new EosinError({
    code: "MASK_NOT_BINARY",
    message: "The mask holds colours, and its compression changed them.",
    place: tally.path,
    expected: "a lossless mask (PNG, TIFF), or one in grey",
    found: `${tally.counts.length + tally.more} colours`,
    next: "Export the mask again as PNG.",
  });
}

export function lossyClasses(tally: LabelTally): EosinError {
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
  const { largest, smallest } = spanOf(lossy);
  return new EosinError({
    code: "MASK_NOT_BINARY",
    message: "The masks are lossy and span too few levels to tell labels from noise.",
    place: lossy[0].path,
    expected: `at least ${LEVELS_TO_THRESHOLD} levels between background and foreground`,
    found: `levels from ${smallest} to ${largest}`,
    next: "Export the masks again as PNG, or say where foreground begins, e.g. maskThreshold: 0.5.",
  });
}

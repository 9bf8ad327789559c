import type { LabelTally } from "./label-tally.js";

const SHOWN = 6;

/** `0 (81 %), 1 (12 %), 2 (7 %)`; colours as `#ff0000`. */
export function describeLabels(tally: Pick<LabelTally, "of" | "counts" | "more" | "pixels">): string {
  const { counts, more, pixels } = tally;
  const shown = counts
    .slice(0, SHOWN)
    .map(([label, count]) => `${labelName(label, tally.of)} (${share(count, pixels)})`);
  const rest = counts.length - shown.length + more;
  return [...shown, ...(rest > 0 ? [`${rest} more`] : [])].join(", ");
}

export function labelName(label: number, of: LabelTally["of"]): string {
  return of === "colours" ? colourName(label) : String(label);
}

export function colourName(colour: number): string {
  return `#${colour.toString(16).padStart(6, "0")}`;
}

/** `12 %`, `< 0.1 %`. */
function share(count: number, pixels: number): string {
  const percent = (100 * count) / pixels;
  if (percent < 0.1) return "< 0.1 %";
  return `${percent < 10 ? Number(percent.toFixed(1)) : Math.round(percent)} %`;
}

import { counted } from "../../samples/dataset-output.js";
import type { SanityLine } from "../looked.js";
import { named } from "../named.js";
import type { Outlier } from "../outliers.js";

/** Pictures unlike the others of their domain. */
export function outlierLines(outliers: readonly Outlier[]): SanityLine[] {
  const ids = (kind: Outlier["kind"]) => outliers.filter((each) => each.kind === kind).map(({ id }) => id);
  return [
    ...line("COLOUR_OUTLIERS", ids("colour"), "unlike the others of the same domain in colour"),
    ...line("BLUR_OUTLIERS", ids("blur"), "blurred beside the others of the same domain"),
  ];
}

function line(code: string, ids: readonly string[], what: string): SanityLine[] {
  if (ids.length === 0) return [];
  const text = `${counted(ids.length, "image")} ${ids.length === 1 ? "is" : "are"} ${what}: ${named(ids)}.`;
  return [{ level: "note", code, text }];
}

import type { SheetPatch } from "@eosin/plugin-api/imaging";

/** How well the stains of a patch were told apart, in words. */
export function stainsOf({ separation: { unsuitable, stains, angle } }: SheetPatch): string {
  if (unsuitable !== undefined) return `no stains: ${unsuitable}`;
  const references = stains.flatMap(({ name, toReference }) =>
    toReference === undefined ? [] : [`${name} ${toReference.toFixed(1)}° from the reference`],
  );
  return [...(angle === undefined ? [] : [`${angle.toFixed(1)}° between the stains`]), ...references].join(", ");
}

/** Which normalizers left a patch as it is, and why. */
export function normalizationOf({ normalized, separation }: SheetPatch): string {
  const left = normalized.filter((each) => each.unchanged !== undefined);
  if (left.length === 0) return "normalised";
  const by = left.length === normalized.length ? "" : ` by ${left.map((each) => each.by).join(", ")}`;
  const reasons = new Set(left.flatMap(({ unchanged }) => (unchanged === separation.unsuitable ? [] : [unchanged])));
  return [`left as it is${by}`, ...reasons].join(": ");
}

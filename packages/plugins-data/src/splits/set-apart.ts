import type { Rng } from "@eosin/plugin-api";
import { attributeValues, type SampleEntry } from "@eosin/plugin-api/imaging";
import { requireGroups } from "./groups.js";
import type { StratifyBy } from "./split-options.js";
import { stratifiedHoldout } from "./stratify.js";
import { groupedHoldout } from "./stratify-groups.js";

/** What each entry is stratified by: its domain, an attribute, or nothing. */
export function classesOf(entries: readonly SampleEntry[], by: StratifyBy): string[] {
  if (by === "none") return entries.map(() => "all");
  return by === "domain" ? entries.map((each) => each.domain) : attributeValues(entries, by, "by");
}

/**
 * Divides entries into those set apart (a `fraction`, stratified) and the rest; both keep their order.
 * @param groupBy The attribute whose equal values stay together.
 * @throws EosinError `GROUPS_TOO_FEW` where there is one group to divide.
 */
export function setApart(
  entries: readonly SampleEntry[],
  fraction: number,
  by: StratifyBy,
  rng: Rng,
  groupBy?: string,
) {
  const classes = classesOf(entries, by);
  if (groupBy !== undefined && fraction > 0) {
    const next = "Use samples of more of them, or fewer folds, or go without validation: `validation: 0`.";
    requireGroups(entries, groupBy, 2, next);
  }
  const apart =
    groupBy === undefined
      ? stratifiedHoldout(classes, fraction, rng)
      : groupedHoldout(classes, attributeValues(entries, groupBy, "groupBy"), fraction, rng);
  return { rest: entries.filter((_, i) => !apart[i]), apart: entries.filter((_, i) => apart[i]) };
}

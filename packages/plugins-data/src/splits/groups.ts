import { EosinError, type Logger } from "@eosin/plugin-api";
import { attributeValues, type SampleEntry } from "@eosin/plugin-api/imaging";
import type { SplitParts } from "./split-parts.js";

const MOST_NAMED = 3;

/** Says which groups are in more than one domain: they are not independent samples of these. */
export function warnOfGroupsAcrossDomains(entries: readonly SampleEntry[], groupBy: string, log: Logger): void {
  const domains = new Map<string, Set<string>>();
  attributeValues(entries, groupBy, "groupBy").forEach((group, i) => {
    domains.set(group, (domains.get(group) ?? new Set()).add(entries[i].domain));
  });
  const across = [...domains].filter(([, each]) => each.size > 1);
  if (across.length === 0) return;
  const named = across.slice(0, MOST_NAMED).map(([group, each]) => `${group} (${[...each].join(", ")})`);
  const more = across.length > MOST_NAMED ? ", …" : "";
  log.warn(
    `${across.length} of ${domains.size} values of ${groupBy} have samples in more than one domain: ${named.join("; ")}${more}`,
  );
}

/** @throws EosinError `GROUPS_TOO_FEW` where there are fewer groups than parts that need one. */
export function requireGroups(entries: readonly SampleEntry[], groupBy: string, needed: number, next: string): void {
  const count = new Set(attributeValues(entries, groupBy, "groupBy")).size;
  if (count >= needed) return;
  throw new EosinError({
    code: "GROUPS_TOO_FEW",
    message: `There are too few values of ${groupBy} to keep each on one side.`,
    expected: `at least ${needed}`,
    found: `${count}`,
    next,
  });
}

/** @throws EosinError `GROUP_DIVIDED` where samples of one group are on two sides: parts that were given, not drawn. */
export function refuseDividedGroups({ key, train, validation, test }: SplitParts, groupBy: string, next: string): void {
  const sideOf = new Map<string, { part: string; id: string }>();
  for (const [part, entries] of Object.entries({ train, validation, test })) {
    attributeValues(entries, groupBy, "groupBy").forEach((group, i) => {
      const other = sideOf.get(group);
      if (other !== undefined && other.part !== part) {
        throw new EosinError({
          code: "GROUP_DIVIDED",
          message: `Samples with the ${groupBy} ${group} are on two sides of ${key}.`,
          place: entries[i].id,
          expected: `each ${groupBy} on one side`,
          found: `${other.id} in ${other.part}, ${entries[i].id} in ${part}`,
          next,
        });
      }
      if (other === undefined) sideOf.set(group, { part, id: entries[i].id });
    });
  }
}

import type { SplitPart } from "@eosin/plugin-api/imaging";
import { counted } from "../../samples/dataset-output.js";
import type { Looked, SanityLine, SplitSides } from "../looked.js";
import { named } from "../named.js";
import type { DuplicatePair, NearDuplicates } from "../near-duplicates.js";
import { partName } from "./part-name.js";

/** One picture more than once: on both sides of a split, or only within the data set. */
export function duplicateLines({ samples, splits = [], duplicates }: Looked): SanityLine[] {
  if (!duplicates) return [];
  return [
    ...leakLines(duplicates, splits),
    ...repeatedLine(duplicates, splits),
    ...contradictionLine(samples, duplicates),
    ...leftOutLine(duplicates),
  ];
}

/** Sides between which nothing may pass: what is judged by, and what was learned or chosen from. */
const sides: readonly (readonly [judged: SplitPart, known: SplitPart])[] = [
  ["test", "train"],
  ["validation", "train"],
  ["test", "validation"],
];

function leakLines(duplicates: NearDuplicates, splits: readonly SplitSides[]): SanityLine[] {
  return sides.flatMap(([judged, known]) => {
    const leaking = splits.map((split) => ({ key: split.key, ...leaksOf(duplicates, split, judged, known) }));
    const bad = leaking.filter(({ ids }) => ids.size > 0);
    if (bad.length === 0) return [];
    const ids = new Set(bad.flatMap((each) => [...each.ids]));
    const examples = [...new Set(bad.flatMap((each) => each.examples))];
    const where = splits.length === 1 ? "" : ` (${named(bad.map(({ key }) => key))})`;
    const text = `Leak: ${counted(ids.size, "picture")} of the ${partName[judged]} part ${ids.size === 1 ? "is" : "are"} also in the ${partName[known]} part, the same or nearly so${where}: ${named(examples)}. Keep copies on one side, e.g. by an attribute that groups them.`;
    return [{ level: "warning" as const, code: "SPLIT_LEAK", text }];
  });
}

function leaksOf({ groups, pairs }: NearDuplicates, split: SplitSides, judged: SplitPart, known: SplitPart) {
  const judgedIds = new Set(split[judged]);
  const knownIds = new Set(split[known]);
  const groupOf = new Map(groups.flatMap((group, i) => group.map((id) => [id, i] as const)));
  const across = new Map<number, DuplicatePair>();
  for (const pair of pairs) {
    const { first, second } = pair;
    const apart = (judgedIds.has(first) && knownIds.has(second)) || (judgedIds.has(second) && knownIds.has(first));
    const group = groupOf.get(first)!;
    if (apart && !across.has(group)) across.set(group, pair);
  }
  const ids = new Set<string>();
  const examples: string[] = [];
  groups.forEach((group, i) => {
    const copies = group.filter((id) => judgedIds.has(id));
    const original = group.find((id) => knownIds.has(id));
    if (copies.length === 0 || original === undefined) return;
    for (const id of copies) ids.add(id);
    const pair = across.get(i);
    // Without a pair they are linked by copies that are in neither part.
    examples.push(pair ? describePair(pair) : `${copies[0]} and ${original}`);
  });
  return { ids, examples };
}

function repeatedLine({ groups, pairs }: NearDuplicates, splits: readonly SplitSides[]): SanityLine[] {
  if (groups.length === 0) return [];
  const members = groups.reduce((sum, group) => sum + group.length, 0);
  const text = `${members} pictures are the same as another of the data set, or nearly so: ${named(pairs.map(describePair))}.`;
  // Within a part they only count twice; what is on both sides is said apart.
  return [{ level: splits.length > 0 ? "note" : "warning", code: "DUPLICATES", text }];
}

/** Shares of tumour of two masks that are one, by their rounding in a copy of another size. */
const sameShare = 0.02;

function contradictionLine(samples: Looked["samples"], { pairs }: NearDuplicates): SanityLine[] {
  const shares = new Map(samples.map(({ id, figures }) => [id, figures.foreground]));
  const contradicting = pairs.filter(({ first, second }) => {
    const [a, b] = [shares.get(first), shares.get(second)];
    return a !== undefined && b !== undefined && Math.abs(a - b) > sameShare;
  });
  if (contradicting.length === 0) return [];
  const percent = (id: string) => `${(100 * shares.get(id)!).toFixed(0)} %`;
  const told = contradicting.map(
    ({ first, second }) => `${first} (${percent(first)}) and ${second} (${percent(second)})`,
  );
  const text = `Masks of the same picture say different shares of tumour: ${named(told)}.`;
  return [{ level: "warning", code: "DUPLICATES_CONTRADICT", text }];
}

function leftOutLine({ leftOut }: NearDuplicates): SanityLine[] {
  if (leftOut.length === 0) return [];
  const text = `${counted(leftOut.length, "picture")} of little contrast ${leftOut.length === 1 ? "was" : "were"} left out of the search for copies: ${named(leftOut)}.`;
  return [{ level: "note", code: "LITTLE_CONTRAST", text }];
}

/** `a and b (identical)`, `a and b (correlation 0.987, turned by 180°)`. */
export function describePair({ first, second, identical, correlation, turn }: DuplicatePair): string {
  const how = identical
    ? "identical"
    : `correlation ${correlation.toFixed(3)}${turn === "as it is" ? "" : `, ${turn}`}`;
  return `${first} and ${second} (${how})`;
}

import { canonicalJson } from "../canonical-json.js";
import type { Setting } from "./setting.js";

/** A value that two documents do not share; a side that has none lacks it. */
export interface SettingDifference {
  readonly path: string;
  readonly a?: Setting;
  readonly b?: Setting;
  /** For a parameter: the options that differ because they refer to it. */
  readonly reaches?: readonly string[];
}

/**
 * What two documents come to differently, as options. A component that only one side has is one difference, whatever
 * its options; options that differ through a parameter are told with it; a list whose common components are in
 * another order is a difference of its own.
 */
export function differingSettings(a: readonly Setting[], b: readonly Setting[]): readonly SettingDifference[] {
  const [left, right] = [byPath(a), byPath(b)];
  const paths = [...new Set([...left.keys(), ...right.keys()])];
  const differing = paths.flatMap((path): SettingDifference[] => {
    const [ours, theirs] = [left.get(path), right.get(path)];
    if (ours && theirs && canonicalJson(ours.value) === canonicalJson(theirs.value)) return [];
    return [{ path, ...(ours ? { a: ours } : {}), ...(theirs ? { b: theirs } : {}) }];
  });
  const shown = differing.filter((each) => !impliedByComponent(each, left, right));
  return [...underParameters(shown), ...otherOrder(a, b)];
}

function byPath(settings: readonly Setting[]): ReadonlyMap<string, Setting> {
  return new Map(settings.map((each) => [each.path, each]));
}

type ByPath = ReadonlyMap<string, Setting>;

/** Options of a component that only one side has there, and defaults of one that the other side has not. */
function impliedByComponent({ path, a, b }: SettingDifference, left: ByPath, right: ByPath): boolean {
  const keys = path.split(".");
  for (let length = keys.length - 1; length > 0; length--) {
    const uses = `${keys.slice(0, length).join(".")}.uses`;
    const [ours, theirs] = [left.get(uses), right.get(uses)];
    if (uses === path || (!ours && !theirs)) continue;
    if (!ours || !theirs) return true;
    if (ours.value !== theirs.value && [a, b].every((side) => side === undefined || side.origin.from === "default")) {
      return true;
    }
  }
  return false;
}

function underParameters(differences: readonly SettingDifference[]): readonly SettingDifference[] {
  const reached = new Map<string, string[]>();
  const kept = differences.filter(({ path, a, b }) => {
    const parameter = /^\$\{(params\.[^}]+)\}$/.exec(a?.via?.text ?? "")?.[1];
    if (parameter === undefined || a?.via?.text !== b?.via?.text) return true;
    if (!differences.some((each) => each.path === parameter)) return true;
    reached.set(parameter, [...(reached.get(parameter) ?? []), path]);
    return false;
  });
  return kept.map((each) => {
    const reaches = reached.get(each.path);
    return reaches ? { ...each, reaches } : each;
  });
}

function otherOrder(a: readonly Setting[], b: readonly Setting[]): readonly SettingDifference[] {
  const [left, right] = [componentsOfLists(a), componentsOfLists(b)];
  return [...left].flatMap(([path, ours]): SettingDifference[] => {
    const theirs = right.get(path) ?? [];
    const common = (names: readonly Setting[], others: readonly Setting[]) =>
      names.filter((each) => others.some((other) => other.value === each.value));
    const [first, second] = [common(ours, theirs), common(theirs, ours)];
    if (first.every((each, index) => each.value === second[index]?.value)) return [];
    const order = (items: readonly Setting[]): Setting => ({
      path,
      value: items.map((each) => each.value),
      origin: items[0].origin,
    });
    return [{ path: `${path} (order)`, a: order(first), b: order(second) }];
  });
}

/** Path of a list → the `uses` of its components, in order. */
function componentsOfLists(settings: readonly Setting[]): ReadonlyMap<string, readonly Setting[]> {
  const lists = new Map<string, Setting[]>();
  for (const setting of settings) {
    const list = /^(.*)\.[^.]*\/[^.]*\.uses$/.exec(setting.path)?.[1];
    if (list !== undefined) lists.set(list, [...(lists.get(list) ?? []), setting]);
  }
  return lists;
}

import type { Rng } from "@eosin/plugin-api";
import type { SampleEntry } from "@eosin/plugin-api/imaging";
import type { StratifyBy } from "./split-options.js";
import { stratifiedHoldout } from "./stratify.js";

export function classOf(entry: SampleEntry, by: StratifyBy): string {
  return by === "domain" ? entry.domain : "all";
}

/** Divides entries into those set apart (a `fraction`, stratified) and the rest; both keep their order. */
export function setApart(entries: readonly SampleEntry[], fraction: number, by: StratifyBy, rng: Rng) {
  const classes = entries.map((each) => classOf(each, by));
  const apart = stratifiedHoldout(classes, fraction, rng);
  return { rest: entries.filter((_, i) => !apart[i]), apart: entries.filter((_, i) => apart[i]) };
}

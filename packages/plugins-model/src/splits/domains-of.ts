import type { Split } from "@eosin/plugin-api/imaging";

/** The domains of some of a split's samples, sorted. */
export function domainsOf(split: Split, ids: readonly string[]): readonly string[] {
  const wanted = new Set(ids);
  return [...new Set(split.dataset.samples.filter(({ id }) => wanted.has(id)).map(({ domain }) => domain))].sort();
}

import type { Rng } from "@eosin/plugin-api";
import type { DatasetIndex } from "@eosin/plugin-api/imaging";

/**
 * A few samples of each domain, drawn from those of `ids`.
 * @param rngOf A stream for a domain, so that the choice in one does not depend on the others.
 * @returns Ids, by domain and then by id.
 */
export function choosePatches(
  dataset: DatasetIndex,
  ids: readonly string[],
  perDomain: number,
  rngOf: (domain: string) => Rng,
): readonly string[] {
  const wanted = new Set(ids);
  const byDomain = new Map<string, string[]>();
  for (const { id, domain } of dataset.samples) {
    if (!wanted.has(id)) continue;
    byDomain.set(domain, [...(byDomain.get(domain) ?? []), id]);
  }
  return [...byDomain.keys()].sort().flatMap((domain) => {
    const sorted = (byDomain.get(domain) as string[]).sort();
    return rngOf(domain).shuffle(sorted).slice(0, perDomain).sort();
  });
}

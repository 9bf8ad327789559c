import type { SurveyedSample } from "@eosin/plugin-api/imaging";

/** What decisions about a data set rest on. */
export interface DataFacts {
  readonly patches: number;
  /** Domains with the number of their patches, the largest first. */
  readonly domains: readonly (readonly [name: string, patches: number])[];
  /** Pixels, over widths and heights of all patches. */
  readonly sides: { readonly least: number; readonly median: number; readonly most: number };
  /** Patches of which something counts as tumour or as normal. */
  readonly judged: number;
  /** Of these, patches without tumour. */
  readonly free: number;
  /** Mean share of tumour over these, 0…1. */
  readonly tumour: number;
}

/** @param samples At least one. */
export function dataFacts(samples: readonly SurveyedSample[]): DataFacts {
  const counts = new Map<string, number>();
  for (const { domain } of samples) counts.set(domain, (counts.get(domain) ?? 0) + 1);
  const sides = samples.flatMap(({ width, height }) => [width, height]).sort((a, b) => a - b);
  const shares = samples.flatMap(({ tumour }) => (tumour === undefined ? [] : [tumour]));
  return {
    patches: samples.length,
    domains: [...counts].sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1)),
    sides: { least: sides[0], median: sides[sides.length >> 1], most: sides[sides.length - 1] },
    judged: shares.length,
    free: shares.filter((share) => share === 0).length,
    tumour: shares.length === 0 ? 0 : shares.reduce((sum, share) => sum + share, 0) / shares.length,
  };
}

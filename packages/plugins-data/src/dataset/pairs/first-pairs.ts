import type { FilePair, PairFolders } from "./pair-files.js";
import type { PassedOverTally } from "./passed-over-tally.js";

/** The first of the pairs, as many as `limit` says; counts the others. */
export function firstPairs(
  pairs: readonly FilePair[],
  limit: number | undefined,
  { image }: Pick<PairFolders, "image">,
  passedOver: PassedOverTally,
): readonly FilePair[] {
  if (limit === undefined) return pairs;
  for (const { id } of pairs.slice(limit)) passedOver.add(image.label, `beyond \`limit: ${limit}\``, id);
  return pairs.slice(0, limit);
}

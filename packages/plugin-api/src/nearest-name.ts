import { distance } from "fastest-levenshtein";

/**
 * The name that was most likely meant by one that is not known: for `didYouMean` of errors.
 * @returns The candidate nearest to it: at most a third of its letters away, ties by order. Letters that only changed places
 * count as one edit. Nothing where none is near.
 * @example
 * ```ts
 * import { nearestName } from "@eosin/plugin-api";
 *
 * nearestName("stain/hed-jiter", ["stain/hed-jitter", "data/flip"]); // "stain/hed-jitter"
 * ```
 */
export function nearestName(name: string, candidates: Iterable<string>): string | undefined {
  let best: string | undefined;
  let bestDistance = Number.POSITIVE_INFINITY;
  for (const candidate of candidates) {
    const allowed = Math.max(1, Math.floor(Math.max(name.length, candidate.length) / 3));
    const edits =
      sortedLetters(name) === sortedLetters(candidate) ? 1 : distance(name.toLowerCase(), candidate.toLowerCase());
    if (edits <= allowed && edits < bestDistance) {
      best = candidate;
      bestDistance = edits;
    }
  }
  return best ?? byLastPart(name, candidates);
}

function sortedLetters(name: string): string {
  return [...name.toLowerCase()].sort().join("");
}

/** `hed-jitter` for `stain/hed-jitter`: the family was left out or is another one. */
function byLastPart(name: string, candidates: Iterable<string>): string | undefined {
  const last = name.slice(name.lastIndexOf("/") + 1);
  for (const candidate of candidates) if (candidate.includes("/") && candidate.endsWith(`/${last}`)) return candidate;
  return undefined;
}

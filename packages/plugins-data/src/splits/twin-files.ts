import type { Logger } from "@eosin/plugin-api";
import type { SampleEntry } from "@eosin/plugin-api/imaging";
import type { SplitParts } from "./split-parts.js";

const MOST_NAMED = 3;

/**
 * Says which samples have the same bytes and are on two sides of a split: what is tested there was trained on.
 * Of several folds only the first with such samples is named.
 * @param samples Of the data set: where no two have the same bytes, no fold is looked through.
 */
export function warnOfTwinFiles(samples: readonly SampleEntry[], folds: readonly SplitParts[], log: Logger): void {
  const repeated = repeatedHashes(samples);
  if (repeated.size === 0) return;
  const found = folds
    .map(({ key, ...parts }) => ({ key, twins: twinsOf(parts, repeated) }))
    .filter(({ twins }) => twins.length > 0);
  if (found.length === 0) return;
  const [{ key, twins }] = found;
  const named = twins.slice(0, MOST_NAMED).map(([a, b]) => `${a} and ${b}`);
  const pairs = `${twins.length} ${twins.length === 1 ? "pair" : "pairs"} of samples`;
  const folded = found.length > 1 ? `, and so in ${found.length - 1} more of ${folds.length} folds` : "";
  log.warn(
    `${pairs} with the same files are on two sides of ${key}${folded}: ${named.join("; ")}${twins.length > MOST_NAMED ? "; …" : ""}. Leave one of each out with \`exclude\`, or keep them together with \`groupBy\`.`,
  );
}

/** Of each content that is on two sides, one sample of either: `A/p0 (train)`, `B/p7 (test)`. */
function twinsOf(parts: Omit<SplitParts, "key">, repeated: ReadonlySet<string>): (readonly [string, string])[] {
  const first = new Map<string, { part: string; id: string }>();
  const twins: (readonly [string, string])[] = [];
  for (const [part, entries] of Object.entries(parts) as [string, readonly SampleEntry[]][]) {
    for (const { id, hash } of entries) {
      if (!repeated.has(hash)) continue;
      const other = first.get(hash);
      if (other === undefined) first.set(hash, { part, id });
      else if (other.part !== part) twins.push([`${other.id} (${other.part})`, `${id} (${part})`]);
    }
  }
  return twins;
}

function repeatedHashes(samples: readonly SampleEntry[]): ReadonlySet<string> {
  const once = new Set<string>();
  const repeated = new Set<string>();
  for (const { hash } of samples) {
    if (once.has(hash)) repeated.add(hash);
    else once.add(hash);
  }
  return repeated;
}

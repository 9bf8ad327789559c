import type { JsonValue } from "@eosin/plugin-api";
import type { Normalizer, Sample } from "@eosin/plugin-api/imaging";
import { Broadcast } from "../one-of/broadcast.js";
import { Feed } from "./feed.js";

interface Group {
  readonly feed: Feed<Sample>;
  readonly states: Promise<JsonValue[]>;
}

/**
 * Fits every normalizer once to each group of samples, in one pass over all of them: a training part need not fit into
 * memory.
 * @returns For each normalizer its states, in the order of the groups' names.
 */
export async function fitByDomain(
  normalizers: readonly Normalizer[],
  samples: AsyncIterable<Sample>,
  groupOf: (sample: Sample) => string,
): Promise<JsonValue[][]> {
  const groups = new Map<string, Group>();
  for await (const sample of samples) {
    const name = groupOf(sample);
    let group = groups.get(name);
    if (!group) {
      const feed = new Feed<Sample>();
      group = { feed, states: fitAll(normalizers, feed) };
      // Awaited below; until then nobody would hear of a failure but by the feed.
      group.states.catch(() => undefined);
      groups.set(name, group);
    }
    await Promise.race([group.feed.push(sample), group.states]);
  }
  const names = [...groups.keys()].sort();
  for (const name of names) groups.get(name)?.feed.end();
  // Without samples each says by itself what it lacks.
  if (names.length === 0) return (await fitAll(normalizers, samples)).map((state) => [state]);
  const ofGroups = await Promise.all(names.map((name) => groups.get(name)?.states ?? []));
  return normalizers.map((_, index) => ofGroups.map((states) => states[index]));
}

/** @returns A state for each. */
async function fitAll(normalizers: readonly Normalizer[], samples: AsyncIterable<Sample>): Promise<JsonValue[]> {
  const broadcast = new Broadcast(samples, normalizers.length);
  return Promise.all(
    normalizers.map(async (normalizer) => {
      try {
        return (await normalizer.fit?.(broadcast.reader())) ?? null;
      } finally {
        await broadcast.leave();
      }
    }),
  );
}

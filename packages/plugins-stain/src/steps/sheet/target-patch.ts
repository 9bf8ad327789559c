import type { Normalizer, Sample } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import type { Fitted } from "./fitted-component.js";

/** What a normalizer of this package remembers of the training patch that it chose. */
const chosenPatch = z.object({ patch: z.string() });

/** The training patch that the first normalizer which chose one took for target. */
export async function findTarget(
  normalizers: readonly Fitted<Normalizer>[],
  training: () => AsyncIterable<Sample>,
): Promise<Sample | undefined> {
  for (const { state } of normalizers) {
    const chosen = chosenPatch.safeParse(state);
    if (!chosen.success) continue;
    for await (const sample of training()) if (sample.id === chosen.data.patch) return sample;
  }
  return undefined;
}

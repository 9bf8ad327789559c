import type { ComponentContext, JsonValue } from "@eosin/plugin-api";
import type { Augmenter, Sample } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { Broadcast } from "./broadcast.js";
import type { oneOfOptions } from "./options.js";

const stateSchema = z.array(z.json());

/**
 * At most one of several augmenters a sample. The chosen one draws from a stream named after its type, so that what it
 * does to a sample does not depend on the other choices or their order.
 */
export async function createOneOf(context: ComponentContext<z.output<typeof oneOfOptions>>): Promise<Augmenter> {
  const { choices } = context.options;
  const states = context.state === undefined ? [] : stateSchema.parse(context.state);
  const augmenters = await Promise.all(
    choices.map((spec, index) => context.create(spec, (states[index] as JsonValue | null) ?? undefined)),
  );
  const oneOf: Augmenter = {
    apply(sample, rng) {
      let rest = rng.uniform();
      for (let index = 0; index < choices.length; index++) {
        rest -= choices[index].p;
        if (rest < 0) return augmenters[index].apply(sample, rng.fork(choices[index].uses));
      }
      return sample;
    },
  };
  if (augmenters.some((each) => each.fit)) oneOf.fit = (samples) => fitAll(augmenters, samples);
  return oneOf;
}

/** @returns A state a choice, in their order; `null` for one that has nothing to learn. */
async function fitAll(augmenters: readonly Augmenter[], samples: AsyncIterable<Sample>): Promise<JsonValue> {
  const broadcast = new Broadcast(samples, augmenters.filter((each) => each.fit).length);
  return Promise.all(
    augmenters.map(async (augmenter) => {
      if (!augmenter.fit) return null;
      try {
        return await augmenter.fit(broadcast.reader());
      } finally {
        await broadcast.leave();
      }
    }),
  );
}

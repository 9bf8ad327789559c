import type { ComponentContext, JsonValue } from "@eosin/plugin-api";
import type { Augmenter, Normalizer } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { fitByDomain } from "./fit-by-domain.js";
import type { randomNormalizationOptions } from "./options.js";

/** For each normalizer the states that it learned, or `null` where it has its target from its options. */
const stateSchema = z.array(z.array(z.json()).min(1).nullable());

/**
 * Random normalisation (Mahbod et al. 2023): in training every patch takes on one of several appearances that
 * exist, where jitter draws such as do not. In validation and prediction `normalizer` of the trainer gives all patches
 * one. Density targets stay: they tell how much stain there is, not how a scanner shows it.
 */
export async function createRandomNormalization(
  context: ComponentContext<z.output<typeof randomNormalizationOptions>>,
): Promise<Augmenter> {
  const { p, normalizers: specs, learn } = context.options;
  const states = context.state === undefined ? [] : stateSchema.parse(context.state);
  const ofSpecs = await Promise.all(
    specs.map((spec, index) =>
      Promise.all((states[index] ?? [undefined]).map((state) => context.create<Normalizer>(spec, state as JsonValue))),
    ),
  );
  const normalizers = ofSpecs.flat();
  const augmenter: Augmenter = {
    apply(sample, rng) {
      if (!rng.chance(p)) return sample;
      const image = normalizers[rng.integer(normalizers.length)].normalize(sample.image, sample.id);
      return image === sample.image ? sample : { ...sample, image };
    },
  };
  const learners = ofSpecs.map(([first]) => first);
  if (!learners.some((each) => each.fit)) return augmenter;
  augmenter.fit = async (samples) => {
    const fitting = learners.filter((each) => each.fit);
    const learned = await fitByDomain(fitting, samples, learn === "domain" ? ({ domain }) => domain : () => "");
    return learners.map((each) => (each.fit ? learned[fitting.indexOf(each)] : null));
  };
  return augmenter;
}

import type { ComponentContext, RefusedSetting } from "@eosin/plugin-api";
import type { Sample, Split } from "@eosin/plugin-api/imaging";
import type { Loss, NetworkTraits } from "@eosin/plugin-api/learning";
import type { TrainerOptions } from "./options.js";

type Context = Pick<ComponentContext<TrainerOptions>, "create" | "options">;

/** The densities that training learns from. */
interface Targets {
  /** The component that gives them. */
  readonly from: string;
  /** That they tell apart, where it is known. */
  readonly stains?: number;
}

/**
 * What is wrong where a loss reads densities: nothing gives them, or they tell another number of stains apart than the
 * network. What augmenters give is known without data; of a dataset one sample is looked at.
 * @param traits Of the network, where it tells them. @param split Absent while no data is at hand.
 */
export async function densityFaults(
  context: Context,
  loss: Loss,
  traits?: NetworkTraits,
  split?: Split,
): Promise<readonly RefusedSetting[]> {
  if (!loss.needsDensity) return [];
  const given = await givenTargets(context);
  if (given) return mismatch(given, traits?.stains);
  const sample = split && (await firstSample(context, split));
  if (!sample) return [];
  const from = split.dataset.reader.uses;
  return sample.density ? mismatch({ from, stains: sample.density.stains }, traits?.stains) : [missing(from)];
}

/** Of the last augmenter that gives densities: it sets those of the ones before it. */
async function givenTargets({ create, options }: Context): Promise<Targets | undefined> {
  let targets: Targets | undefined;
  for (const spec of options.augment) {
    // One that learns from samples first cannot be built yet, and none of those gives densities.
    const augmenter = await create(spec).catch(() => undefined);
    if (augmenter?.givesDensity) targets = { from: spec.uses, stains: augmenter.densityStains };
  }
  return targets;
}

/** Undefined where the picture cannot be read: that is a fault of the data, and the run tells it. */
async function firstSample({ create }: Context, { dataset, train }: Split): Promise<Sample | undefined> {
  const entry = dataset.samples.find(({ id }) => id === train[0]);
  if (!entry) return undefined;
  return create(dataset.reader)
    .then((reader) => reader.read(entry))
    .catch(() => undefined);
}

function mismatch(targets: Targets, stains: number | undefined): readonly RefusedSetting[] {
  if (stains === undefined || targets.stains === undefined || stains === targets.stains) return [];
  return [
    {
      option: ["network", "with", "stains"],
      code: "DENSITY_MISMATCH",
      message: "The density targets do not fit the network's densities.",
      expected: `${targets.stains}: as many stains as the densities of ${targets.from} tell apart`,
      found: String(stains),
      next: `Set the network's option \`stains\` to ${targets.stains}, learn from densities that tell ${stains} apart, or use a loss that needs none.`,
    },
  ];
}

function missing(reader: string): RefusedSetting {
  return {
    option: ["loss"],
    code: "DENSITY_MISSING",
    message: "The loss reads densities, and the dataset has none.",
    expected: "a dataset with true densities, such as data/synthetic, or stain/density-targets among the augmenters",
    found: reader,
    next: "Add stain/density-targets to augment, or use a loss that needs no densities.",
  };
}

import type { ComponentContext, RefusedSetting } from "@eosin/plugin-api";
import type { Split } from "@eosin/plugin-api/imaging";
import type { Loss } from "@eosin/plugin-api/learning";
import type { TrainerOptions } from "./definition.js";

/** What is wrong where a loss reads densities that neither the dataset nor an augmenter gives: one sample is looked at. */
export async function densityFaults(
  context: Pick<ComponentContext<TrainerOptions>, "create" | "options">,
  loss: Loss,
  split: Split,
): Promise<readonly RefusedSetting[]> {
  const entry = split.dataset.samples.find(({ id }) => id === split.train[0]);
  if (!loss.needsDensity || !entry) return [];
  for (const spec of context.options.augment) {
    // One that learns from samples first cannot be built yet, and none of those gives densities.
    const augmenter = await context.create(spec).catch(() => undefined);
    if (augmenter?.givesDensity) return [];
  }
  const { reader } = split.dataset;
  // A picture that cannot be read is a fault of the data: the run tells it.
  const sample = await context
    .create(reader)
    .then((dataset) => dataset.read(entry))
    .catch(() => undefined);
  if (!sample || sample.density) return [];
  return [
    {
      option: ["loss"],
      code: "DENSITY_MISSING",
      message: "The loss reads densities, and the dataset has none.",
      expected: "a dataset with true densities, such as data/synthetic, or stain/density-targets among the augmenters",
      found: reader.uses,
      next: "Add stain/density-targets to augment, or use a loss that needs no densities.",
    },
  ];
}

import type { RefusedSetting } from "@eosin/plugin-api";
import type { Loss, NetworkTraits } from "@eosin/plugin-api/learning";

/** Densities of datasets and of stain/density-targets are those of haematoxylin and eosin. */
const STAINS = 2;

/** What a loss reads that a network will not give it. */
export function lossFaults(loss: Loss, { outputs, stains }: Omit<NetworkTraits, "stride">): readonly RefusedSetting[] {
  const missing = missingOutput(loss, outputs);
  if (missing) return [missing];
  if (!loss.needsDensity || stains === undefined || stains === STAINS) return [];
  return [
    {
      option: ["network", "with", "stains"],
      code: "DENSITY_MISMATCH",
      message: "The density targets do not fit the network's densities.",
      expected: `${STAINS} stains`,
      found: String(stains),
      next: "Set the network's option `stains` to the number of the dataset's densities.",
    },
  ];
}

/** @param outputs Names. */
export function missingOutput({ needs }: Loss, outputs: readonly string[]): RefusedSetting | undefined {
  const missing = needs.find((name) => !outputs.includes(name));
  if (missing === undefined) return undefined;
  return {
    option: ["loss"],
    code: "LOSS_NEEDS_OUTPUT",
    message: `The loss reads the output ${missing}, which the network does not give.`,
    expected: needs.join(", "),
    found: outputs.join(", "),
    next: "Choose a network that gives it, or a loss of the mask alone such as model/segmentation.",
  };
}

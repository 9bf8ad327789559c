import type { RefusedSetting } from "@eosin/plugin-api";
import type { Loss } from "@eosin/plugin-api/learning";

/**
 * The output that a loss reads and a network will not give it.
 * @param outputs Names.
 */
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

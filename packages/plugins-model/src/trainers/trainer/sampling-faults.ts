import { isEosinError, type RefusedSetting } from "@eosin/plugin-api";
import { attributeValues, type Split } from "@eosin/plugin-api/imaging";
import { resolveInputSize, resolveScale } from "../../inputs/input-size.js";
import type { TrainerOptions } from "./options.js";

/** What is wrong with how windows are cut. */
export function windowFaults(options: Pick<TrainerOptions, "size" | "scale" | "sampling">): readonly RefusedSetting[] {
  const scale = resolveScale(options.scale);
  if (scale === undefined) return options.sampling?.tumour ? [windowsNeeded(options.sampling.tumour)] : [];
  const size = resolveInputSize(options.size);
  if ("factor" in scale || (scale.width >= size.width && scale.height >= size.height)) return [];
  return [
    {
      option: ["scale"],
      code: "SCALE_TOO_SMALL",
      message: "Windows are larger than the images that they would be cut out of.",
      expected: `a scale of ${size.width} × ${size.height} at least, as \`size\``,
      found: `${scale.width} × ${scale.height}`,
      next: "Use a larger scale, or a smaller size.",
    },
  ];
}

function windowsNeeded(tumour: number): RefusedSetting {
  return {
    option: ["sampling", "tumour"],
    code: "WINDOWS_NEEDED",
    message: "There are no windows that could be laid around tumour: whole images pass the network.",
    expected: "a `scale`, at which windows of `size` are cut out of images",
    found: `tumour ${tumour} without scale`,
    next: "Set `scale`, or take `sampling.tumour` out.",
  };
}

/** What is wrong with what is drawn equally often. */
export function balanceFaults(split: Split, { sampling }: Pick<TrainerOptions, "sampling">): readonly RefusedSetting[] {
  const name = sampling?.balance;
  if (name === undefined || name === "domain") return [];
  const ids = new Set(split.train);
  try {
    attributeValues(
      split.dataset.samples.filter(({ id }) => ids.has(id)),
      name,
      "sampling.balance",
    );
    return [];
  } catch (error) {
    if (!isEosinError(error)) throw error;
    return [{ ...error, message: error.message, option: ["sampling", "balance"] }];
  }
}

import type { RefusedSetting } from "@eosin/plugin-api";
import type { Split } from "@eosin/plugin-api/imaging";

/** What a trainer lacks in a split. */
export function splitFaults(
  split: Split,
  { earlyStopping }: { readonly earlyStopping?: { readonly monitor: string } },
): readonly RefusedSetting[] {
  if (split.train.length === 0) {
    return [
      {
        option: ["split"],
        code: "EMPTY_PART",
        message: `The split ${split.key} has no training samples.`,
        next: "Check the dataset and the options of the split.",
      },
    ];
  }
  if (!earlyStopping || split.validation.length > 0) return [];
  return [
    {
      option: ["earlyStopping", "monitor"],
      code: "EMPTY_PART",
      message: `Early stopping watches ${earlyStopping.monitor}, but the split ${split.key} has no validation samples.`,
      next: "Give the split a validation share above 0, or take earlyStopping out.",
    },
  ];
}

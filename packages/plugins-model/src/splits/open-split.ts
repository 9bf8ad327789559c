import {
  type ArtifactHandle,
  EosinError,
  type PlannedInputs,
  type RefusedSetting,
  type StepContext,
} from "@eosin/plugin-api";
import type { Split } from "@eosin/plugin-api/imaging";

/** @throws EosinError `SEVERAL_SPLITS` where the reference is a step's whole list of them. */
export async function openSplit(step: StepContext, reference: ArtifactHandle<Split>): Promise<Split> {
  const splits = await step.openItems(reference);
  if (splits.length === 1) return splits[0];
  const { option: _, ...details } = severalSplits(step.instance, splits);
  throw new EosinError({ ...details, place: "option split" });
}

/** The split that a check looks at, or why it is none; neither while no data is at hand. */
export function plannedSplit(
  { planned }: PlannedInputs,
  reference: ArtifactHandle<Split>,
): { readonly split?: Split; readonly faults: readonly RefusedSetting[] } {
  const splits = planned(reference);
  if (splits && splits.length !== 1) return { faults: [severalSplits("The step", splits)] };
  return { split: splits?.[0], faults: [] };
}

function severalSplits(who: string, splits: readonly Split[]): RefusedSetting {
  return {
    option: ["split"],
    code: "SEVERAL_SPLITS",
    message: `${who} was given a list of ${splits.length} split${splits.length === 1 ? "" : "s"} in the place of one.`,
    expected: "one split",
    found: splits.map(({ key }) => key).join(", "),
    next: 'Run the step once a split: each: { fold: "${steps.NAME}" }, and in its options split: "${each.fold}"',
  };
}

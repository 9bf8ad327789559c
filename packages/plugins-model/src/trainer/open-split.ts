import { type ArtifactHandle, EosinError, type StepContext } from "@eosin/plugin-api";
import type { Split } from "@eosin/plugin-api/imaging";

/** @throws EosinError `SEVERAL_SPLITS` where the reference is a step's whole list of them. */
export async function openSplit(step: StepContext, reference: ArtifactHandle): Promise<Split> {
  const { value } = await step.open<Split | readonly Split[]>(reference);
  if (!Array.isArray(value)) return value as Split;
  throw new EosinError({
    code: "SEVERAL_SPLITS",
    message: `${step.instance} was given a list of ${value.length} split${value.length === 1 ? "" : "s"} in the place of one.`,
    place: "option split",
    expected: "one split",
    found: (value as readonly Split[]).map(({ key }) => key).join(", "),
    next: 'Run the step once a split: each: { fold: "${steps.NAME}" }, and in its options split: "${each.fold}"',
  });
}

import { EosinError, type PlanContext } from "@eosin/plugin-api";
import { attributeValues, type SampleEntry } from "@eosin/plugin-api/imaging";
import { requireGroups } from "./groups.js";
import { classesOf } from "./set-apart.js";
import type { StratifyBy } from "./split-options.js";
import { stratifiedFolds } from "./stratify.js";
import { groupedFolds } from "./stratify-groups.js";

export interface FoldsRequest {
  readonly k: number;
  readonly by: StratifyBy;
  /** The attribute whose equal values stay together. */
  readonly groupBy?: string;
  /** What is divided, for errors: `the dataset cosas`. */
  readonly name: string;
}

/**
 * The fold of each sample, 0 … k − 1, stratified.
 * @throws EosinError `FOLDS_TOO_MANY`, `GROUPS_TOO_FEW`
 */
export function foldsOf(
  samples: readonly SampleEntry[],
  { k, by, groupBy, name }: FoldsRequest,
  context: Pick<PlanContext, "rng" | "log">,
): Int32Array {
  const classes = classesOf(samples, by);
  if (groupBy === undefined) {
    refuseSmallClasses(classes, k, name);
    return stratifiedFolds(classes, k, context.rng("folds"));
  }
  const groups = attributeValues(samples, groupBy, "groupBy");
  requireGroups(samples, groupBy, k, `Set \`k\` to the number of them or less, or use samples of more of them.`);
  const foldOf = groupedFolds(classes, groups, k, context.rng("folds"));
  for (const each of new Set(classes)) {
    const count = new Set(groups.filter((_, i) => classes[i] === each)).size;
    if (count < k)
      context.log.warn(`${each} has ${count} values of ${groupBy} for ${k} folds: some folds test none of it`);
  }
  return foldOf;
}

function refuseSmallClasses(classes: readonly string[], k: number, whole: string): void {
  const counts = new Map<string, number>();
  for (const name of classes) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const [name, count] of counts) {
    if (count >= k) continue;
    throw new EosinError({
      code: "FOLDS_TOO_MANY",
      message: `${name} of ${whole} has fewer samples than there are folds.`,
      expected: `at least ${k} samples`,
      found: `${count}`,
      next: `Add samples of ${name}, or leave it out of the dataset${count < 2 ? "" : `, or set \`k\` to ${count} or less`}.`,
    });
  }
}

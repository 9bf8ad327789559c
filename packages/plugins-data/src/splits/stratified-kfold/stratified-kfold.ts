import { EosinError, type PlanContext } from "@eosin/plugin-api";
import { attributeValues, type DatasetIndex, type SplitComponent } from "@eosin/plugin-api/imaging";
import { requireGroups } from "../groups.js";
import { classesOf, setApart } from "../set-apart.js";
import { splitOutput } from "../split-output.js";
import { stratifiedFolds } from "../stratify.js";
import { groupedFolds } from "../stratify-groups.js";
import type { StratifiedKfoldOptions } from "./options.js";

export function createStratifiedKfold(options: StratifiedKfoldOptions): SplitComponent {
  const { k, by, validation, groupBy } = options;
  return {
    async plan(context) {
      const dataset = (await context.open(options.dataset)).value;
      const foldOf = foldsOf(dataset, options, context);
      const folds = Array.from({ length: k }, (_, fold) => {
        const test = dataset.samples.filter((_, i) => foldOf[i] === fold);
        const others = dataset.samples.filter((_, i) => foldOf[i] !== fold);
        const { rest, apart } = setApart(others, validation, by, context.rng("validation", fold), groupBy);
        return { key: `fold-${fold}`, train: rest, validation: apart, test };
      });
      return splitOutput(dataset, folds, { log: context.log, groupBy });
    },
    look: async (context) =>
      (await import("../../look/look-at-split.js")).lookAtSplit([options.dataset], ([only]) => only, context),
  };
}

/** The fold of each sample. */
function foldsOf({ samples, name }: DatasetIndex, options: StratifiedKfoldOptions, context: PlanContext): Int32Array {
  const { k, by, groupBy } = options;
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

function refuseSmallClasses(classes: readonly string[], k: number, dataset: string): void {
  const counts = new Map<string, number>();
  for (const name of classes) counts.set(name, (counts.get(name) ?? 0) + 1);
  for (const [name, count] of counts) {
    if (count >= k) continue;
    throw new EosinError({
      code: "FOLDS_TOO_MANY",
      message: `${name} of the dataset ${dataset} has fewer samples than there are folds.`,
      expected: `at least ${k} samples`,
      found: `${count}`,
      next: `Add samples of ${name}, or leave it out of the dataset${count < 2 ? "" : `, or set \`k\` to ${count} or less`}.`,
    });
  }
}

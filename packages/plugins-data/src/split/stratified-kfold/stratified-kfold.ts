import { EosinError } from "@eosin/plugin-api";
import type { DatasetIndex, SplitComponent } from "@eosin/plugin-api/imaging";
import { classOf, setApart } from "../set-apart.js";
import { splitOutput } from "../split-output.js";
import { stratifiedFolds } from "../stratify.js";
import type { StratifiedKfoldOptions } from "./definition.js";

export function createStratifiedKfold(options: StratifiedKfoldOptions): SplitComponent {
  const { k, by, validation } = options;
  return {
    async plan(context) {
      const dataset = (await context.open<DatasetIndex>(options.dataset)).value;
      const classes = dataset.samples.map((each) => classOf(each, by));
      refuseSmallClasses(classes, k, dataset.name);
      const foldOf = stratifiedFolds(classes, k, context.rng("folds"));
      const folds = Array.from({ length: k }, (_, fold) => {
        const test = dataset.samples.filter((_, i) => foldOf[i] === fold);
        const others = dataset.samples.filter((_, i) => foldOf[i] !== fold);
        const { rest, apart } = setApart(others, validation, by, context.rng("validation", fold));
        return { key: `fold-${fold}`, train: rest, validation: apart, test };
      });
      return splitOutput(dataset, folds);
    },
  };
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

import type { SplitComponent } from "@eosin/plugin-api/imaging";
import { foldsOf } from "../folds-of.js";
import { setApart } from "../set-apart.js";
import { splitOutput } from "../split-output.js";
import type { StratifiedKfoldOptions } from "./options.js";

export function createStratifiedKfold(options: StratifiedKfoldOptions): SplitComponent {
  const { k, by, validation, groupBy } = options;
  return {
    async plan(context) {
      const dataset = (await context.open(options.dataset)).value;
      const foldOf = foldsOf(dataset.samples, { ...options, name: `the dataset ${dataset.name}` }, context);
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

import type { SplitComponent } from "@eosin/plugin-api/imaging";
import { setApart } from "../set-apart.js";
import { splitOutput } from "../split-output.js";
import type { HoldoutOptions } from "./options.js";

export function createHoldout(options: HoldoutOptions): SplitComponent {
  const { by, groupBy } = options;
  return {
    async plan(context) {
      const dataset = (await context.open(options.dataset)).value;
      const { rest: others, apart: test } = setApart(dataset.samples, options.test, by, context.rng("test"), groupBy);
      const { rest, apart } = setApart(others, options.validation, by, context.rng("validation"), groupBy);
      const folds = [{ key: "fold-0", train: rest, validation: apart, test }];
      return splitOutput(dataset, folds, { log: context.log, groupBy });
    },
    look: async (context) =>
      (await import("../../look/look-at-split.js")).lookAtSplit([options.dataset], ([only]) => only, context),
  };
}

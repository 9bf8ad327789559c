import type { DatasetIndex, SplitComponent } from "@eosin/plugin-api/imaging";
import { setApart } from "../set-apart.js";
import { splitOutput } from "../split-output.js";
import type { HoldoutOptions } from "./definition.js";

export function createHoldout(options: HoldoutOptions): SplitComponent {
  const { by } = options;
  return {
    async plan(context) {
      const dataset = (await context.open<DatasetIndex>(options.dataset)).value;
      const { rest: others, apart: test } = setApart(dataset.samples, options.test, by, context.rng("test"));
      const { rest, apart } = setApart(others, options.validation, by, context.rng("validation"));
      return splitOutput(dataset, [{ key: "fold-0", train: rest, validation: apart, test }]);
    },
  };
}

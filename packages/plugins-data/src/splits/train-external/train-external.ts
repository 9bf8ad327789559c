import { EosinError } from "@eosin/plugin-api";
import type { DatasetIndex, SplitComponent } from "@eosin/plugin-api/imaging";
import { refuseRepeatedIds } from "../../samples/dataset-output.js";
import { unionIndex } from "../../samples/union-index.js";
import { refuseDividedGroups } from "../groups.js";
import { setApart } from "../set-apart.js";
import { splitOutput } from "../split-output.js";
import type { TrainExternalOptions } from "./options.js";

export function createTrainExternal(options: TrainExternalOptions): SplitComponent {
  const { groupBy } = options;
  return {
    async plan(context) {
      const train = (await context.open(options.train)).value;
      const test = (await context.open(options.test)).value;
      refuseSharedImages(train, test);
      const both = unionIndex([train, test], [options.train, options.test]);
      refuseRepeatedIds(both);
      const { rest, apart } = setApart(
        both.samples.slice(0, train.samples.length),
        options.validation,
        "domain",
        context.rng("validation"),
        groupBy,
      );
      const tested = both.samples.slice(train.samples.length);
      const parts = { key: "external", train: rest, validation: apart, test: tested };
      if (groupBy !== undefined) refuseDividedGroups(parts, groupBy, "Leave them out of one of the two datasets.");
      return splitOutput(both, [parts], { log: context.log, groupBy });
    },
    async look(context) {
      const { lookAtSplit } = await import("../../look/look-at-split.js");
      const handles = [options.train, options.test];
      return lookAtSplit(handles, (opened) => unionIndex(opened, handles), context);
    },
  };
}

/** An image that trains must not test: the figure would not be that of an external set. */
function refuseSharedImages(train: DatasetIndex, test: DatasetIndex): void {
  const trained = new Map(train.samples.map((each) => [each.hash, each.id]));
  for (const { hash, id } of test.samples) {
    const same = trained.get(hash);
    if (same === undefined) continue;
    throw new EosinError({
      code: "TEST_IN_TRAINING",
      message: "An image of the test dataset is also in the training dataset.",
      place: id,
      found: `the same bytes as ${same}`,
      next: "Leave it out of one of the two.",
    });
  }
}

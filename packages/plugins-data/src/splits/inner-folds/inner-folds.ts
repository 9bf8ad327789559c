import type { SplitComponent } from "@eosin/plugin-api/imaging";
import { foldsOf } from "../folds-of.js";
import { splitOutput } from "../split-output.js";
import type { InnerFoldsOptions } from "./options.js";

/**
 * The inner folds of a nested cross-validation: members of an ensemble, each with a validation part of its own, by all of
 * which settings can be chosen without a look at the test part. Keys are the fold's with a number: `kfbio-400-0`.
 */
export function createInnerFolds({ split: handle, k, by }: InnerFoldsOptions): SplitComponent {
  return {
    async plan(context) {
      const { key, dataset, train, validation, test, groupBy } = (await context.open(handle)).value;
      const entryOf = new Map(dataset.samples.map((each) => [each.id, each]));
      const inner = new Set([...train, ...validation]);
      const entries = dataset.samples.filter(({ id }) => inner.has(id));
      const request = { k, by, groupBy, name: `what ${key} trains on` };
      const foldOf = foldsOf(entries, request, { log: context.log, rng: (...name) => context.rng(key, ...name) });
      const folds = Array.from({ length: k }, (_, fold) => ({
        key: `${key}-${fold}`,
        train: entries.filter((_, i) => foldOf[i] !== fold),
        validation: entries.filter((_, i) => foldOf[i] === fold),
        test: test.map((id) => entryOf.get(id)!),
      }));
      return splitOutput(dataset, folds, { log: context.log, groupBy });
    },
  };
}

import type { Logger } from "@eosin/plugin-api";
import { attributeValues, type SampleEntry, type SplitComponent } from "@eosin/plugin-api/imaging";
import { chooseDomains } from "../../datasets/choose-domains.js";
import { foldKeys } from "../fold-keys.js";
import { setApart } from "../set-apart.js";
import { splitOutput } from "../split-output.js";
import type { LeaveOneDomainOutOptions } from "./options.js";

/** Keys are the domains' names, with what does not fit a file name replaced: `kfbio-400`. */
export function createLeaveOneDomainOut(options: LeaveOneDomainOutOptions): SplitComponent {
  const { groupBy } = options;
  return {
    async plan(context) {
      const dataset = (await context.open(options.dataset)).value;
      const present = [...new Set(dataset.samples.map((each) => each.domain))];
      const keys = new Map(foldKeys(present).map((key, i) => [present[i], key]));
      const folds = chooseDomains(present, options.domains, dataset.name).map((domain) => {
        const key = keys.get(domain) as string;
        const test = dataset.samples.filter((each) => each.domain === domain);
        const others = dataset.samples.filter((each) => each.domain !== domain);
        const trained = groupBy === undefined ? others : withoutGroupsOf(test, others, groupBy, key, context.log);
        const rng = context.rng("validation", domain);
        const { rest, apart } = setApart(trained, options.validation, "domain", rng, groupBy);
        return { key, train: rest, validation: apart, test };
      });
      return splitOutput(dataset, folds, { log: context.log, groupBy });
    },
    look: async (context) =>
      (await import("../../look/look-at-split.js")).lookAtSplit([options.dataset], ([only]) => only, context),
  };
}

/** A group of the domain that is tested may have samples in others, which must then not train. */
function withoutGroupsOf(
  test: readonly SampleEntry[],
  others: readonly SampleEntry[],
  groupBy: string,
  key: string,
  log: Logger,
): readonly SampleEntry[] {
  const values = attributeValues([...test, ...others], groupBy, "groupBy");
  const tested = new Set(values.slice(0, test.length));
  const kept = others.filter((_, i) => !tested.has(values[test.length + i]));
  const left = others.length - kept.length;
  if (left > 0) {
    log.warn(`${key}: ${left} samples of other domains do not train, for samples with the same ${groupBy} are tested`);
  }
  return kept;
}

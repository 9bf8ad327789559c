import type { DatasetIndex, SplitComponent } from "@eosin/plugin-api/imaging";
import { chooseDomains } from "../../dataset/choose-domains.js";
import { setApart } from "../set-apart.js";
import { splitOutput } from "../split-output.js";
import type { LeaveOneDomainOutOptions } from "./definition.js";

/** Keys are the domains' names, with what does not fit a file name replaced: `kfbio-400`. */
export function createLeaveOneDomainOut(options: LeaveOneDomainOutOptions): SplitComponent {
  return {
    async plan(context) {
      const dataset = (await context.open<DatasetIndex>(options.dataset)).value;
      const present = [...new Set(dataset.samples.map((each) => each.domain))];
      const folds = chooseDomains(present, options.domains, dataset.name).map((domain) => {
        const test = dataset.samples.filter((each) => each.domain === domain);
        const others = dataset.samples.filter((each) => each.domain !== domain);
        const { rest, apart } = setApart(others, options.validation, "domain", context.rng("validation", domain));
        return { key: domain.replace(/[^A-Za-z0-9._-]+/g, "-"), train: rest, validation: apart, test };
      });
      return splitOutput(dataset, folds);
    },
  };
}

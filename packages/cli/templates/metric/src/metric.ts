import type { Metric } from "@eosin/plugin-api/learning";
import type { Options } from "./options.js";

export function create({ weight }: Options): Metric {
  return {
    higherIsBetter: true,
    measure({ truth, prediction }) {
      const found = [0, 0];
      const all = [0, 0];
      for (const [i, is] of truth.entries()) {
        all[is]++;
        if (prediction[i] === is) found[is]++;
      }
      // Without tumour, or without anything else, a share is 0 / 0: NaN says that the figure is undefined.
      return weight * (found[1] / all[1]) + (1 - weight) * (found[0] / all[0]);
    },
  };
}

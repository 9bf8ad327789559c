import { noOptions } from "@eosin/plugin-api";
import { defineMetric } from "@eosin/plugin-api/learning";

export const balancedAccuracy = defineMetric({
  type: "toy/balanced-accuracy",
  summary: "Mean of sensitivity and specificity; undefined where a patch has one class only.",
  options: noOptions,
  create: () => ({
    higherIsBetter: true,
    measure({ truth, prediction }) {
      const right = [0, 0];
      const all = [0, 0];
      for (let i = 0; i < truth.length; i++) {
        all[truth[i]]++;
        if (truth[i] === prediction[i]) right[truth[i]]++;
      }
      return (right[0] / all[0] + right[1] / all[1]) / 2;
    },
  }),
});

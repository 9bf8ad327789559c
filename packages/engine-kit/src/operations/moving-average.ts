import type { Tensor, Variable } from "@tensorflow/tfjs-core";
import { expectClose, variable } from "../cases/expect.js";
import { defineOperation } from "./operation.js";
import { ownData } from "./own-data.js";

export interface MovingAverageKernels {
  /** average += (1 − decay)·(variable − average). In place; any shape. */
  EosinMovingAverage: {
    inputs: { average: Variable; variable: Tensor };
    attrs: { decay: number };
    outputs: [];
  };
}

/** Exponential moving average, in the form of PyTorch's `lerp_` (`swa_utils.get_ema_multi_avg_fn`). */
export const movingAverage = defineOperation<"movingAverage", MovingAverageKernels>({
  name: "movingAverage",
  kernels: {
    EosinMovingAverage: {
      shape: () => [],
      composed: (tf, { average, variable }, { decay }) => {
        average.assign(tf.add(average, tf.mul(tf.sub(variable, average), 1 - decay)));
        return [];
      },
    },
  },
  method:
    ({ tf, run }) =>
    (updates, { decay }) => {
      for (const { average, variable } of updates) {
        ownData(tf, average);
        run("EosinMovingAverage", { average, variable }, { decay });
      }
    },
  cases: [
    {
      name: "moving average, three steps of variables of several shapes",
      async check(engine, tolerance) {
        const moving = [[0.5, -1, 2, 3, 4], [7]].map((values) => ({
          average: variable(engine, values),
          variable: variable(
            engine,
            values.map((value) => value + 1),
          ),
          expected: [...values],
        }));
        const snapshot = engine.tf.clone(moving[0].average);
        for (let step = 1; step <= 3; step++) {
          engine.ops.movingAverage(moving, { decay: 0.9 });
          for (const { expected, variable } of moving) {
            const values = await variable.data();
            expected.forEach((value, i) => {
              expected[i] = 0.9 * value + 0.1 * values[i];
            });
          }
        }
        for (const { average, expected } of moving) expectClose("averages", await average.data(), expected, tolerance);
        expectClose("what shared an average's data before", await snapshot.data(), [0.5, -1, 2, 3, 4], tolerance);
        snapshot.dispose();
        for (const { average, variable } of moving) for (const each of [average, variable]) each.dispose();
      },
    },
  ],
});

import type { AttachedOptimizer, Engine } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import type { GroupCall } from "./parameter-groups.js";
import { disposeState, zeroState } from "./state.js";

interface AdamSettings {
  readonly beta1: number;
  readonly beta2: number;
  readonly epsilon: number;
  readonly decoupled?: boolean;
}

/** Both moments of the variables, and one call of the engine's fused kernel for each of `calls`. */
export function attachAdam(
  engine: Engine,
  variables: ReadonlyMap<string, tfc.Variable>,
  calls: readonly GroupCall[],
  settings: AdamSettings,
): AttachedOptimizer {
  const first = zeroState(engine.tf, "first", variables);
  const second = zeroState(engine.tf, "second", variables);
  return {
    state: new Map([...first.byKey, ...second.byKey]),
    update: (gradients, { step, learningRate }) => {
      for (const { rate, weightDecay, has } of calls) {
        const updates = [];
        for (const [name, gradient] of gradients) {
          if (!has(name)) continue;
          updates.push({
            variable: variables.get(name)!,
            gradient,
            first: first.byName.get(name)!,
            second: second.byName.get(name)!,
          });
        }
        engine.ops.adam(updates, { step, learningRate: rate * learningRate, weightDecay, ...settings });
      }
    },
    dispose: () => disposeState(first, second),
  };
}

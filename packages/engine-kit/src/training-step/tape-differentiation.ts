import type { HostRecord, TrainingStepDefinition } from "@eosin/plugin-api/learning";
import type { EngineCore } from "../engine-core.js";
import { disposeSaved, record, type TapeNode } from "../tape.js";
import { backward } from "./backward.js";
import { computeScalars } from "./compute-scalars.js";
import { type Differentiation, disposeAll } from "./differentiation.js";

/** tfjs records the forward pass, and the tape is walked back freeing as it goes. */
export function createTapeDifferentiation(core: EngineCore, definition: TrainingStepDefinition): Differentiation {
  const { tf } = core;
  const variables = new Set(definition.variables.values());
  return {
    accumulate(batch: HostRecord, weight, gradients) {
      const tape: TapeNode[] = [];
      let scalars: ReturnType<typeof computeScalars> = {};
      try {
        scalars = record(tf, tape, () => computeScalars(core, definition, batch));
        backward(tf, tape, scalars.loss, tf.scalar(weight), variables, gradients);
      } catch (error) {
        tape.forEach(disposeSaved);
        disposeAll(Object.values(scalars));
        throw error;
      }
      return scalars;
    },
  };
}

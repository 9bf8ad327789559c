import { EosinError } from "@eosin/plugin-api";
import type { Engine, EngineProvider, StepCost } from "@eosin/plugin-api/learning";
import { loadTfjs } from "../tfjs/load.js";
import { createTfjsEngine } from "../tfjs-engine.js";
import { ledger, registerShapes, SHAPES, uploadShape } from "./backend-registry.js";

/**
 * Runs the real steps on shapes alone. tfjs has one current back end a process: estimate first, then open the engine that
 * computes. Each step starts the count again.
 */
export async function openShapes(): ReturnType<EngineProvider["openShapeEngine"]> {
  const tf = loadTfjs();
  registerShapes(tf);
  const shapes = await createTfjsEngine({
    identity: { name: SHAPES, version: "1", precision: "float32", threads: 1, device: "none" },
    tf,
    name: SHAPES,
    explicitPadding: true,
    upload: (host) => uploadShape(tf, host),
  });
  let parameterBytes = 0;
  const engine: Engine = {
    ...shapes,
    trainingStep(definition) {
      const step = shapes.trainingStep(definition);
      return {
        ...step,
        run(microBatches) {
          ledger.reset();
          parameterBytes = 0;
          for (const variable of definition.variables.values()) parameterBytes += variable.size * 4;
          return step.run(microBatches).catch(nameMissingKernel);
        },
      };
    },
    evaluationStep(forward) {
      const trace = shapes.evaluationStep((batch) => forward(batch));
      return {
        async run(batch) {
          // Once to learn what may be freed when, once to count.
          await trace.run(batch);
          ledger.reset();
          return trace.run(batch);
        },
      };
    },
  };
  const cost = (): StepCost => ({ peakBytes: ledger.peakBytes, parameterBytes, flops: ledger.flops });
  return { engine, cost, reset: () => ledger.reset() };
}

/** @throws EosinError `SHAPE_KERNEL_MISSING` in the place of tfjs's error. */
function nameMissingKernel(error: unknown): never {
  const [, kernel] = /Kernel '(\w+)' not registered for backend/.exec(String(error)) ?? [];
  if (!kernel) throw error;
  throw new EosinError({
    code: "SHAPE_KERNEL_MISSING",
    message: `The memory of a step can't be estimated: the shape engine has no rule for the tfjs kernel ${kernel}.`,
    next: `Express the network or the loss without ${kernel}, or add its rule to the shape engine.`,
    cause: error,
  });
}

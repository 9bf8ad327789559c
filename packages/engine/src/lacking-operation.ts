import { EosinError } from "@eosin/plugin-api";
import type { Engine } from "@eosin/plugin-api/learning";

/** The engine, whose steps say which operation it lacks where tfjs speaks of kernels that are not registered. */
export function namingLackingOperations(engine: Engine): Engine {
  const name = (error: unknown): never => {
    throw lackingOperation(engine.identity.name, error) ?? error;
  };
  return {
    ...engine,
    trainingStep(definition) {
      const step = engine.trainingStep(definition);
      return { run: (microBatches) => step.run(microBatches).catch(name), dispose: () => step.dispose() };
    },
    evaluationStep(forward) {
      const step = engine.evaluationStep(forward);
      return { run: (batch) => step.run(batch).catch(name) };
    },
  };
}

/** @returns EosinError `ENGINE_LACKS_OPERATION` where the error is tfjs's about a missing kernel. */
export function lackingOperation(engine: string, error: unknown): EosinError | undefined {
  if (!(error instanceof Error)) return undefined;
  const [, kernel] =
    /Kernel '(.+?)' not registered for backend/.exec(error.message) ??
    /Cannot find registered kernel '(.+?)' for backend/.exec(error.message) ??
    [];
  if (!kernel) return undefined;
  return new EosinError({
    code: "ENGINE_LACKS_OPERATION",
    message: `The engine ${engine} lacks the operation ${kernel}, which this network or loss needs.`,
    found: error.message,
    next: `Choose another engine (pipe doctor lists them), or express the network or the loss without ${kernel}.`,
    cause: error,
  });
}

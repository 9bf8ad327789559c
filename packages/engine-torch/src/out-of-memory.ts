import { EosinError } from "@eosin/plugin-api";
import type { Engine, HostRecord } from "@eosin/plugin-api/learning";

/** The engine, whose steps say which batch did not fit where libtorch runs out of memory. */
export function namingExhaustedMemory(engine: Engine): Engine {
  const { identity } = engine;
  const rename = (batch: HostRecord | undefined) => (error: unknown) => {
    throw exhausted(identity.device, batch, error) ?? error;
  };
  return {
    ...engine,
    trainingStep(definition) {
      const step = engine.trainingStep(definition);
      return { run: (batches) => step.run(batches).catch(rename(batches[0])), dispose: () => step.dispose() };
    },
    evaluationStep(forward) {
      const step = engine.evaluationStep(forward);
      return { run: (batch) => step.run(batch).catch(rename(batch)) };
    },
  };
}

function exhausted(device: string, batch: HostRecord | undefined, error: unknown): EosinError | undefined {
  if (!(error instanceof Error) || !/out of memory/i.test(error.message)) return undefined;
  const tensors = Object.entries(batch ?? {}).map(([name, { shape }]) => `${name} (${shape.join("×")})`);
  return new EosinError({
    code: "ENGINE_OUT_OF_MEMORY",
    message: `The engine torch has no room on ${device} for a step over ${tensors.join(", ")}.`,
    found: error.message.split("\n")[0],
    next: "lower the batch or micro-batch size, the image size or the encoder",
    cause: error,
  });
}

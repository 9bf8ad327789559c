import { EosinError } from "@eosin/plugin-api";
import type { HostRecord, TrainingStep, TrainingStepDefinition, TrainingStepResult } from "@eosin/plugin-api/learning";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { EngineCore } from "../engine-core.js";
import type { GradientMap } from "./backward.js";
import { clip } from "./clip.js";
import { type Differentiation, disposeAll } from "./differentiation.js";
import { createTapeDifferentiation } from "./tape-differentiation.js";

/** One optimizer step over micro-batches, whatever way their gradients are computed; the default is by tfjs's tape. */
export function createTrainingStep(
  core: EngineCore,
  definition: TrainingStepDefinition,
  differentiation: Differentiation = createTapeDifferentiation(core, definition),
): TrainingStep {
  const { tf, statistics } = core;
  const names = [...definition.variables.keys()];

  return {
    async run(microBatches) {
      for (const batch of microBatches) await differentiation.prepare?.(batch);
      await core.activate();
      const counts = microBatches.map(sampleCount);
      const total = counts.reduce((sum, count) => sum + count, 0);
      const gradients: GradientMap = new Map();
      const scalars: { [name: string]: Tensor }[] = [];
      statistics.hold();
      let accept = false;
      try {
        for (const [index, batch] of microBatches.entries()) {
          scalars.push(differentiation.accumulate(batch, counts[index] / total, gradients));
        }
        if (gradients.size === 0) throw lossWithoutGradient();
        const result = await readScalars(scalars, counts, total);
        const { clipNorm } = definition;
        const gradientNorm = clipNorm === undefined ? undefined : await clip(tf, core.globalNorm, gradients, clipNorm);
        accept = Number.isFinite(result.loss) && Number.isFinite(gradientNorm ?? 0);
        if (accept) definition.update(byName());
        return gradientNorm === undefined ? result : { ...result, gradientNorm };
      } finally {
        statistics.release(accept);
        for (const each of scalars) disposeAll(Object.values(each));
        disposeAll(gradients.values());
      }

      function byName(): ReadonlyMap<string, Tensor> {
        return new Map(
          names.map((name) => {
            const variable = definition.variables.get(name)!;
            let gradient = gradients.get(variable.id);
            if (!gradient) {
              // The objective didn't use it: its gradient is zero.
              gradient = tf.zerosLike(variable);
              gradients.set(variable.id, gradient);
            }
            return [name, gradient];
          }),
        );
      }
    },
    // Variables are the caller's, and most else was freed with the step that made it.
    dispose() {
      differentiation.dispose?.();
    },
  };
}

function lossWithoutGradient(): EosinError {
  return new EosinError({
    code: "LOSS_WITHOUT_GRADIENT",
    message: "The loss depends on no trainable variable, so that nothing can be learnt.",
    next: "Check that the loss reads outputs of the network, and that not all its weights are zero.",
  });
}

function sampleCount(batch: HostRecord): number {
  const [first] = Object.values(batch);
  if (!first || first.shape.length === 0) {
    throw new EosinError({
      code: "EMPTY_BATCH",
      message: "A micro-batch has no tensor with a first dimension, so its number of samples is unknown.",
      expected: "at least one tensor (batch, …)",
    });
  }
  return first.shape[0];
}

async function readScalars(
  scalars: readonly { [name: string]: Tensor }[],
  counts: readonly number[],
  total: number,
): Promise<TrainingStepResult> {
  const sums: { [name: string]: number } = {};
  for (const [index, record] of scalars.entries()) {
    for (const name in record) {
      const [value] = await record[name].data();
      sums[name] = (sums[name] ?? 0) + (value * counts[index]) / total;
    }
  }
  const { loss, ...watched } = sums;
  const watch = Object.fromEntries(
    Object.entries(watched).map(([name, value]) => [name.slice("watch/".length), value]),
  );
  return { loss, watch };
}

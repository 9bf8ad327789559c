import { EosinError } from "@eosin/plugin-api";
import type {
  HostRecord,
  TensorRecord,
  TrainingStep,
  TrainingStepDefinition,
  TrainingStepResult,
} from "@eosin/plugin-api/learning";
import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import { disposeSaved, record, type TapeNode } from "../tape.js";
import type { EngineCore } from "../tfjs-engine.js";
import { backward, type GradientMap } from "./backward.js";

/** The default training step: tfjs records the forward pass, and the tape is walked back freeing as it goes. */
export function createTrainingStep(core: EngineCore, definition: TrainingStepDefinition): TrainingStep {
  const { tf, statistics } = core;
  const variables = new Set(definition.variables.values());
  const names = [...definition.variables.keys()];

  /** Adds `weight` times the gradients of one micro-batch. */
  function accumulate(batch: HostRecord, weight: number, gradients: GradientMap): { [name: string]: Tensor } {
    const tape: TapeNode[] = [];
    let scalars: { [name: string]: Scalar } = {};
    try {
      scalars = record(tf, tape, () => {
        const uploaded: { [name: string]: Tensor } = {};
        for (const name in batch) uploaded[name] = core.upload(batch[name]);
        const { loss, watch = {} } = definition.objective(uploaded as TensorRecord);
        // A watched scalar may be the loss itself: every key has a tensor of its own.
        const result: { [name: string]: Scalar } = { loss };
        for (const name in watch) result[`watch/${name}`] = tf.clone(watch[name]);
        return result;
      });
      backward(tf, tape, scalars.loss, tf.scalar(weight), variables, gradients);
    } catch (error) {
      tape.forEach(disposeSaved);
      disposeAll(Object.values(scalars));
      throw error;
    }
    return scalars;
  }

  return {
    async run(microBatches) {
      await core.activate();
      const counts = microBatches.map(sampleCount);
      const total = counts.reduce((sum, count) => sum + count, 0);
      const gradients: GradientMap = new Map();
      const scalars: { [name: string]: Tensor }[] = [];
      statistics.hold();
      let accept = false;
      try {
        for (const [index, batch] of microBatches.entries()) {
          scalars.push(accumulate(batch, counts[index] / total, gradients));
        }
        if (gradients.size === 0) throw lossWithoutGradient();
        const result = await readScalars(scalars, counts, total);
        accept = Number.isFinite(result.loss);
        if (accept) definition.update(byName());
        return result;
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
    // Variables are the caller's, and everything else was freed with the step that made it.
    dispose() {},
  };
}

function disposeAll(tensors: Iterable<Tensor>): void {
  for (const tensor of tensors) tensor.dispose();
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

import type { EvaluationStep, HostRecord, TensorRecord } from "@eosin/plugin-api/learning";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { EngineCore } from "../engine-core.js";
import { withShapes } from "../shapes/backend-registry.js";
import { disposeSaved, watch } from "../tape.js";
import { batchSizeKey } from "./batch-size-key.js";
import { ForgettingRecorder, type Liveness, LivenessRecorder } from "./liveness.js";

/**
 * JavaScript doesn't say when a tensor is no longer wanted. So the forward pass runs on shapes alone first, once for each
 * size of batch, to learn which kernel call reads each tensor last; then the real one frees it there.
 */
export function createEvaluationStep(core: EngineCore, forward: (batch: TensorRecord) => TensorRecord): EvaluationStep {
  const { tf } = core;
  const livenessBySize = new Map<string, Liveness | undefined>();

  async function livenessOf(batch: HostRecord): Promise<Liveness | undefined> {
    const names = Object.keys(batch);
    const size = batchSizeKey(batch);
    if (!livenessBySize.has(size)) {
      livenessBySize.set(size, await withShapes(tf, (upload) => trace(names, (name) => upload(batch[name]))));
    }
    return livenessBySize.get(size);
  }

  function trace(names: readonly string[], upload: (name: string) => Tensor): Liveness | undefined {
    const inputs = names.map(upload);
    let outputs: TensorRecord = {};
    try {
      const recorder = new LivenessRecorder(inputs);
      outputs = watch(tf, recorder, () => ({ ...forward(byName(names, inputs)) }));
      return recorder.liveness(Object.values(outputs));
    } catch {
      // A kernel without a shape rule, or a fault that the real pass will meet again: it then frees at its end.
      return undefined;
    } finally {
      for (const tensor of [...Object.values(outputs), ...inputs]) tensor.dispose();
    }
  }

  return {
    async run(batch) {
      const names = Object.keys(batch);
      const liveness = await livenessOf(batch);
      await core.activate();
      const inputs = names.map((name) => core.upload(batch[name]));
      const result: { [name: string]: { data: Float32Array; shape: readonly number[] } } = {};
      let outputs: TensorRecord = {};
      try {
        const recorder = liveness ? new ForgettingRecorder(liveness, inputs) : { push: disposeSaved };
        outputs = watch(tf, recorder, () => ({ ...forward(byName(names, inputs)) }));
        for (const name in outputs) {
          const { shape } = outputs[name];
          const data = await outputs[name].data();
          result[name] = { data: data instanceof Float32Array ? data : new Float32Array(data), shape };
        }
      } finally {
        for (const tensor of [...Object.values(outputs), ...inputs]) tensor.dispose();
      }
      return result;
    },
  };
}

function byName(names: readonly string[], tensors: readonly Tensor[]): TensorRecord {
  return Object.fromEntries(names.map((name, index) => [name, tensors[index]]));
}

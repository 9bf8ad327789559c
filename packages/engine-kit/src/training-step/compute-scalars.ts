import type { HostRecord, TensorRecord, TrainingStepDefinition } from "@eosin/plugin-api/learning";
import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import type { EngineCore } from "../engine-core.js";

/** @returns The loss, and what is watched under `watch/…`. */
export function computeScalars(
  core: Pick<EngineCore, "tf" | "upload">,
  definition: TrainingStepDefinition,
  batch: HostRecord,
): { [name: string]: Scalar } {
  const uploaded: { [name: string]: Tensor } = {};
  for (const name in batch) uploaded[name] = core.upload(batch[name]);
  const { loss, watch = {} } = definition.objective(uploaded as TensorRecord);
  // A watched scalar may be the loss itself: every key has a tensor of its own.
  const result: { [name: string]: Scalar } = { loss };
  for (const name in watch) result[`watch/${name}`] = core.tf.clone(watch[name]);
  return result;
}

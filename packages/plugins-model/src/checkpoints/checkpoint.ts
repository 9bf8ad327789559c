import type { PatchFallbacks } from "@eosin/plugin-api/imaging";
import type { EpochRecord } from "@eosin/plugin-api/learning";
import {
  readSafetensors,
  type StoredTensor,
  storedFloat32,
  toFloat32,
  writeStoredTensors,
} from "@eosin/plugin-api/tensor-file";
import type { VariableValues } from "./variable-store.js";

/**
 * Everything that training needs to go on after an epoch as if it had never stopped. Random numbers are keyed by seed,
 * epoch and step, so their position is the epoch itself.
 */
export interface Checkpoint {
  /** The last epoch that is complete. */
  readonly epoch: number;
  readonly history: readonly EpochRecord[];
  /** What components met up to here: a process that continues need not meet it again. */
  readonly fallbacks: readonly PatchFallbacks[];
  readonly weights: VariableValues;
  readonly optimizer: VariableValues;
  /** Averages of the weights, where training takes them. */
  readonly average?: VariableValues;
  /** Weights of the best epoch so far, where early stopping will restore them. */
  readonly best?: VariableValues;
}

const sections = ["weights", "optimizer", "average", "best"] as const;
const PROGRESS = "progress";

/** Writes a safetensors file: `weights/…`, `optimizer/…`, `average/…`, `best/…`, and `progress`, JSON as bytes. */
export async function writeCheckpoint(path: string, checkpoint: Checkpoint): Promise<void> {
  const { epoch, history, fallbacks } = checkpoint;
  const json = new TextEncoder().encode(JSON.stringify({ epoch, history, fallbacks }));
  const tensors = new Map<string, StoredTensor>([[PROGRESS, { type: "U8", shape: [json.length], bytes: json }]]);
  for (const section of sections) {
    for (const [name, values] of checkpoint[section] ?? []) {
      tensors.set(`${section}/${name}`, storedFloat32(values, [values.length]));
    }
  }
  await writeStoredTensors(path, tensors);
}

export async function readCheckpoint(path: string): Promise<Checkpoint> {
  const tensors = await readSafetensors(path);
  const progress = JSON.parse(new TextDecoder().decode(tensors.get(PROGRESS)!.bytes));
  const section = () => new Map<string, Float32Array>();
  const values = { weights: section(), optimizer: section(), average: section(), best: section() };
  for (const [name, tensor] of tensors) {
    if (name === PROGRESS) continue;
    const slash = name.indexOf("/");
    values[name.slice(0, slash) as (typeof sections)[number]].set(name.slice(slash + 1), toFloat32(tensor));
  }
  return {
    epoch: progress.epoch,
    history: progress.history,
    fallbacks: progress.fallbacks,
    weights: values.weights,
    optimizer: values.optimizer,
    ...(values.average.size > 0 ? { average: values.average } : {}),
    ...(values.best.size > 0 ? { best: values.best } : {}),
  };
}

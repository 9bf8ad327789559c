import { open, stat } from "node:fs/promises";
import { readSafetensors, type StoredTensor } from "@eosin/plugin-api/tensor-file";
import { readTorchCheckpoint, torchFormat } from "./torch/read-torch-checkpoint.js";
import { unreadableWeights } from "./unreadable-weights.js";

/** The tensors of a file, and where in it they were. */
export interface WeightFile {
  /** By their names on file, in its order. */
  readonly tensors: Map<string, StoredTensor>;
  /** The keys of a PyTorch checkpoint that lead to them, e.g. `["state_dict"]`. */
  readonly path: readonly string[];
}

/**
 * Reads a weight file, told by its first bytes: safetensors, or a PyTorch checkpoint (zip, or the older stream of pickles).
 * @throws EosinError `WEIGHTS_NOT_FOUND`, `WEIGHTS_CORRUPT`, or `PICKLE_REFUSED` for a checkpoint that holds more than tensors.
 */
export async function readWeightFile(path: string): Promise<WeightFile> {
  const format = torchFormat(await firstBytes(path));
  return format ? readTorchCheckpoint(path, format) : { tensors: await readSafetensors(path), path: [] };
}

/** As {@link readWeightFile}: the tensors alone. */
export async function readWeights(path: string): Promise<Map<string, StoredTensor>> {
  return (await readWeightFile(path)).tensors;
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(4);
  try {
    // Opening a pipe would wait for somebody to write into it.
    if (!(await stat(path)).isFile()) throw Object.assign(new Error("no file"), { code: "no regular file" });
    const file = await open(path, "r");
    try {
      await file.read(bytes, 0, bytes.length, 0);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw unreadableWeights(path, cause);
  }
  return bytes;
}

import { open } from "node:fs/promises";
import { EosinError } from "@eosin/plugin-api";
import { readSafetensors, type StoredTensor } from "@eosin/plugin-api/tensor-file";
import { readTorchCheckpoint, torchFormat } from "./torch/read-torch-checkpoint.js";

/**
 * Reads a weight file, told by its first bytes: safetensors, or a PyTorch checkpoint (zip, or the older stream of pickles).
 * @throws EosinError `WEIGHTS_NOT_FOUND`, `WEIGHTS_CORRUPT`, or `PICKLE_REFUSED` for a checkpoint that holds more than tensors.
 */
export async function readWeights(path: string): Promise<Map<string, StoredTensor>> {
  const format = torchFormat(await firstBytes(path));
  return format ? readTorchCheckpoint(path, format) : readSafetensors(path);
}

async function firstBytes(path: string): Promise<Uint8Array> {
  const bytes = new Uint8Array(4);
  try {
    const file = await open(path, "r");
    try {
      await file.read(bytes, 0, bytes.length, 0);
    } finally {
      await file.close();
    }
  } catch (cause) {
    throw new EosinError({
      code: "WEIGHTS_NOT_FOUND",
      message: "The weight file cannot be read.",
      place: path,
      found: (cause as NodeJS.ErrnoException).code,
      next: "Give an existing file, or run: pipe weights fetch efficientnet-b7",
      cause,
    });
  }
  return bytes;
}

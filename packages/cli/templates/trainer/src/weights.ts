import { join } from "node:path";
import type { StepContext } from "@eosin/plugin-api";
import type { Engine, Network } from "@eosin/plugin-api/learning";
import { type StoredTensor, storedFloat32, writeStoredTensors } from "@eosin/plugin-api/tensor-file";

const file = "weights.safetensors";
/** From the axes of a filter to those on file, which are PyTorch's. */
const storedAxes = { conv: [3, 2, 0, 1], depthwise: [2, 3, 0, 1] };

/** Writes every parameter of the network as the blob that evaluators read. */
export async function writeWeights({ tf }: Engine, network: Network, step: StepContext): Promise<void> {
  const tensors = new Map<string, StoredTensor>();
  for (const { name, variable, layout } of network.parameters.values()) {
    const stored = layout === "plain" ? tf.clone(variable) : tf.transpose(variable, storedAxes[layout]);
    // A copy: some engines hand out the storage itself.
    tensors.set(name, storedFloat32(Float32Array.from(await stored.data()), stored.shape));
    stored.dispose();
  }
  const path = join(step.scratch, file);
  await writeStoredTensors(path, tensors);
  await step.output.moveIn(file, path);
}

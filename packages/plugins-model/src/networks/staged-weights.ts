import type { Logger } from "@eosin/plugin-api";
import type { Engine, Network } from "@eosin/plugin-api/learning";
import { type StoredTensor, type StoredTensors, storedFloat32, toFloat32 } from "@eosin/plugin-api/tensor-file";
import { importInto } from "../weights/network-weights.js";
import { readWeightFile } from "../weights/read-weights.js";
import { unwrap } from "../weights/unwrap.js";

/** dynamic_network_architectures lists layers under several names: by their place in a block, and below the decoder. */
const ALIAS = /(^|\.)decoder\.encoder\.|\.all_modules\.\d+\./;

const HEAD = /^decoder\.seg_layers\.\d+\.(weight|bias)$/;

/**
 * Sets the network from a file of dynamic_network_architectures' state dictionary. Heads of two logits, background and tumour,
 * become one: their difference, of which the sigmoid is what the softmax says of tumour.
 * @returns The network.
 * @throws EosinError where file and network do not fit; the network is disposed then.
 */
export async function withStagedWeights(
  engine: Engine,
  network: Network,
  path: string,
  log?: Logger,
): Promise<Network> {
  try {
    const file = await readWeightFile(path);
    const own = new Map([...file.tensors].filter(([name]) => !ALIAS.test(name)));
    const { tensors, prefix } = unwrap(own, (names) => names.filter((name) => network.parameters.has(name)).length);
    const within = [...file.path, prefix && `names after "${prefix}"`].filter((each) => each !== "");
    const place = within.length === 0 ? path : `${path} (${within.join(", ")})`;
    importInto(engine, network.parameters, oneLogit(tensors), place);
    if (place !== path) log?.info(`Initial weights of ${place}.`);
    return network;
  } catch (error) {
    network.dispose();
    throw error;
  }
}

function oneLogit(tensors: StoredTensors): StoredTensors {
  return new Map(
    [...tensors].map(([name, tensor]) => [
      name,
      HEAD.test(name) && tensor.shape[0] === 2 ? differenceOf(tensor) : tensor,
    ]),
  );
}

/** (2,…) → (1,…): the second less the first. */
function differenceOf(tensor: StoredTensor): StoredTensor {
  const values = toFloat32(tensor);
  const size = values.length / 2;
  const difference = Float32Array.from({ length: size }, (_, i) => values[size + i] - values[i]);
  return storedFloat32(difference, [1, ...tensor.shape.slice(1)]);
}

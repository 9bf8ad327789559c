import type { Engine, Network, NetworkParameter } from "@eosin/plugin-api/learning";
import {
  type StoredTensor,
  type StoredTensors,
  storedFloat32,
  toFloat32,
  writeSafetensors,
} from "@eosin/plugin-api/tensor-file";
import type * as tfc from "@tensorflow/tfjs-core";
import { matchWeights } from "./match-weights.js";
import { storedShape, toStoredOrder, toVariableOrder } from "./parameter-layout.js";

/** The parameters on the host, by name, in the stored layout (float32). */
export async function exportWeights(network: Network): Promise<Map<string, StoredTensor>> {
  const tensors = new Map<string, StoredTensor>();
  for (const parameter of network.parameters.values()) {
    const values = await storedValues(parameter);
    tensors.set(parameter.name, storedFloat32(values, storedShape(parameter.layout, parameter.variable.shape)));
  }
  return tensors;
}

/** Writes every parameter to a safetensors file, one at a time. */
export async function saveWeights(
  network: Network,
  path: string,
  metadata?: { readonly [key: string]: string },
): Promise<void> {
  const descriptions = new Map(
    [...network.parameters.values()].map(({ name, layout, variable }) => [
      name,
      { type: "F32" as const, shape: storedShape(layout, variable.shape) },
    ]),
  );
  await writeSafetensors(
    path,
    descriptions,
    async (name) => {
      const values = await storedValues(network.parameters.get(name)!);
      return new Uint8Array(values.buffer, values.byteOffset, values.byteLength);
    },
    metadata,
  );
}

/**
 * Sets every parameter from stored tensors.
 * @param place Of the tensors, for errors.
 * @throws EosinError `WEIGHTS_MISMATCH`, listing missing, unexpected and misshapen names; nothing is set then.
 */
export function importWeights(engine: Engine, network: Network, tensors: StoredTensors, place: string): void {
  importInto(engine, network.parameters, tensors, place);
}

/** As {@link importWeights}, for some parameters of a network. */
export function importInto(
  engine: Engine,
  parameters: ReadonlyMap<string, NetworkParameter>,
  tensors: StoredTensors,
  place: string,
  onFile?: ReadonlyMap<string, string>,
): void {
  matchWeights(parameters, tensors, place, onFile);
  for (const { name, layout, variable } of parameters.values()) {
    const values = toVariableOrder(layout, variable.shape, toFloat32(tensors.get(name)!));
    assign(engine, variable, values);
  }
}

function assign(engine: Engine, variable: tfc.Variable, values: Float32Array): void {
  const tensor = engine.tf.tensor(values, variable.shape, "float32");
  variable.assign(tensor);
  tensor.dispose();
}

async function storedValues({ layout, variable }: NetworkParameter): Promise<Float32Array> {
  // A copy: some engines hand out the storage itself, which later steps overwrite.
  return toStoredOrder(layout, variable.shape, Float32Array.from(await variable.data<"float32">()));
}

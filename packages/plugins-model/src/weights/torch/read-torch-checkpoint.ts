import { readFile } from "node:fs/promises";
import { EosinError, isEosinError } from "@eosin/plugin-api";
import { bytesPerElement, type StoredTensor } from "@eosin/plugin-api/tensor-file";
import { unzipSync } from "fflate";
import { corrupt, refused } from "./pickle-error.js";
import { type PickleValue, readPickle } from "./read-pickle.js";
import { asTensor, gather, type TorchStorage, torchPolicy } from "./torch-tensors.js";

/** `zip`: what `torch.save` writes since 1.6. `stream`: pickles one after another, as the published EfficientNets are. */
export type TorchFormat = "zip" | "stream";

/** Where a nested checkpoint keeps its state dict. */
const STATE_DICT_KEYS = ["state_dict", "model_state_dict", "model"];

/** The number that the first pickle of a stream holds. */
const STREAM_MAGIC = 0x1950a86a20f9469cfc6cn;
const STREAM_PROTOCOL = 1001;

/** Told by four bytes: a zip's local header, or PROTO 2, LONG1 with the ten bytes of the stream's magic number. */
export function torchFormat(start: Uint8Array): TorchFormat | undefined {
  const word = new DataView(start.buffer, start.byteOffset, 4).getUint32(0);
  if (word === 0x504b0304) return "zip";
  return word === 0x80028a0a ? "stream" : undefined;
}

/**
 * Reads the tensors of a PyTorch checkpoint: a state dict, or a dictionary that holds one under `state_dict`.
 * No Python object is built: pickles that ask for one are refused by name.
 */
export async function readTorchCheckpoint(path: string, format: TorchFormat): Promise<Map<string, StoredTensor>> {
  try {
    const file = await readFile(path);
    const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
    return format === "zip" ? readZip(bytes) : readStream(bytes);
  } catch (error) {
    const fault = isEosinError(error) ? error : corrupt((error as Error).message, error);
    throw fault.place === undefined ? new EosinError({ ...fault, message: fault.message, place: path }) : fault;
  }
}

function readZip(archive: Uint8Array): Map<string, StoredTensor> {
  // `torch.save` compresses nothing; whatever is compressed is not its, and may unpack to any size.
  const entries = unzipSync(archive, { filter: ({ compression }) => compression === 0 });
  const index = Object.keys(entries).find((name) => /^[^/]+\/data\.pkl$/.test(name));
  if (!index) throw corrupt("a zip without data.pkl");
  const folder = index.slice(0, -"data.pkl".length);
  const order = entries[`${folder}byteorder`];
  if (order && new TextDecoder().decode(order) !== "little") throw refused("big-endian numbers");
  const state = stateDict(readPickle(entries[index], torchPolicy).value);
  return gatherAll(state, ({ key }) => entries[`${folder}data/${key}`]);
}

function readStream(bytes: Uint8Array): Map<string, StoredTensor> {
  const magic = readPickle(bytes, torchPolicy);
  const protocol = readPickle(bytes, torchPolicy, magic.end);
  if (magic.value !== STREAM_MAGIC || protocol.value !== STREAM_PROTOCOL) throw corrupt("an unknown kind of stream");
  const machine = readPickle(bytes, torchPolicy, protocol.end);
  if (!(machine.value instanceof Map) || machine.value.get("little_endian") !== true)
    throw refused("big-endian numbers");
  const root = readPickle(bytes, torchPolicy, machine.end);
  const keys = readPickle(bytes, torchPolicy, root.end);
  if (!Array.isArray(keys.value)) throw corrupt("no list of storages");
  const state = stateDict(root.value);
  const storages = new Map<PickleValue, TorchStorage>();
  for (const value of state.values()) {
    const tensor = asTensor(value);
    if (tensor) storages.set(tensor.storage.key, tensor.storage);
  }
  const data = new Map<PickleValue, Uint8Array>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let position = keys.end;
  for (const key of keys.value) {
    const storage = storages.get(key);
    if (!storage) throw refused("a storage that no tensor of the state dict uses");
    const length = Number(view.getBigInt64(position, true));
    if (length !== storage.length) throw corrupt(`a storage of ${length} elements instead of ${storage.length}`);
    const end = position + 8 + length * bytesPerElement[storage.type];
    if (end > bytes.length) throw corrupt("the file ends early");
    data.set(key, bytes.subarray(position + 8, end));
    position = end;
  }
  return gatherAll(state, ({ key }) => data.get(key));
}

function stateDict(root: PickleValue): ReadonlyMap<string, PickleValue> {
  for (const candidate of [root, ...STATE_DICT_KEYS.map((key) => (root instanceof Map ? root.get(key) : undefined))]) {
    if (!(candidate instanceof Map) || ![...candidate.values()].some(asTensor)) continue;
    return candidate as ReadonlyMap<string, PickleValue>;
  }
  throw new EosinError({
    code: "WEIGHTS_CORRUPT",
    message: "The checkpoint holds no state dict.",
    expected: `a dictionary of tensors, or one under ${STATE_DICT_KEYS.join(", ")}`,
    next: "Save it with torch.save(model.state_dict(), …), or as safetensors.",
  });
}

function gatherAll(
  state: ReadonlyMap<string, PickleValue>,
  dataOf: (storage: TorchStorage) => Uint8Array | undefined,
): Map<string, StoredTensor> {
  const tensors = new Map<string, StoredTensor>();
  for (const [name, value] of state) {
    const tensor = asTensor(value);
    if (!tensor) throw refused(`an entry that is no tensor (${String(name)})`);
    const data = dataOf(tensor.storage);
    if (!data) throw corrupt(`the storage of ${name} is missing`);
    tensors.set(name, gather(tensor, data, name));
  }
  return tensors;
}

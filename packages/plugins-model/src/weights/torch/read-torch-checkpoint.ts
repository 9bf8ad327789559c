import { readFile } from "node:fs/promises";
import { EosinError, isEosinError } from "@eosin/plugin-api";
import { bytesPerElement, elementCount, type StoredTensor } from "@eosin/plugin-api/tensor-file";
import type { UnzipFileInfo } from "fflate";
import { findStateDict } from "./find-state-dict.js";
import { corrupt, refused } from "./pickle-error.js";
import { type PicklePolicy, type PickleValue, readPickle } from "./read-pickle.js";
import { asStorage, asTensor, gather, type TorchStorage, torchPolicy } from "./torch-tensors.js";

/** `zip`: what `torch.save` writes since 1.6. `stream`: pickles one after another, as the published EfficientNets are. */
export type TorchFormat = "zip" | "stream";

/** The number that the first pickle of a stream holds. */
const STREAM_MAGIC = 0x1950a86a20f9469cfc6cn;
const STREAM_PROTOCOL = 1001;

/** Told by four bytes: a zip's local header, or PROTO 2, LONG1 with the ten bytes of the stream's magic number. */
export function torchFormat(start: Uint8Array): TorchFormat | undefined {
  const word = new DataView(start.buffer, start.byteOffset, 4).getUint32(0);
  if (word === 0x504b0304) return "zip";
  return word === 0x80028a0a ? "stream" : undefined;
}

/** The tensors of a checkpoint by their names on file, and the keys that lead to them (see `findStateDict`). */
export interface TorchCheckpoint {
  readonly tensors: Map<string, StoredTensor>;
  readonly path: readonly string[];
}

/**
 * Reads the tensors of a PyTorch checkpoint: a state dict, or a dictionary that holds one.
 * No Python object is built: pickles that ask for one are refused by name. What the file says of its sizes is checked
 * against its bytes before room is made for it.
 * @throws EosinError `WEIGHTS_CORRUPT`, `PICKLE_REFUSED`
 */
export async function readTorchCheckpoint(path: string, format: TorchFormat): Promise<TorchCheckpoint> {
  try {
    const file = await readFile(path);
    const bytes = new Uint8Array(file.buffer, file.byteOffset, file.byteLength);
    return format === "zip" ? await readZip(bytes) : readStream(bytes);
  } catch (error) {
    const fault = isEosinError(error) ? error : corrupt((error as Error).message, error);
    throw fault.place === undefined ? new EosinError({ ...fault, message: fault.message, place: path }) : fault;
  }
}

async function readZip(archive: Uint8Array): Promise<TorchCheckpoint> {
  // Planning asks which weights there are, and opens none of these.
  const { unzipSync } = await import("fflate");
  const entries = unzipSync(archive, { filter: storedOnce(archive.length) });
  const index = Object.keys(entries).find((name) => /^[^/]+\/data\.pkl$/.test(name));
  if (!index) throw corrupt("a zip without data.pkl");
  const folder = index.slice(0, -"data.pkl".length);
  const order = entries[`${folder}byteorder`];
  if (order && new TextDecoder().decode(order) !== "little") throw refused("big-endian numbers");
  const { value } = readPickle(entries[index], torchPolicy);
  return gatherAll(value, archive.length, ({ key }) => entries[`${folder}data/${key}`]);
}

/**
 * `torch.save` compresses nothing; whatever is compressed is not its, and may unpack to any size. What it stores fills
 * the file once: entries that share bytes would make more of it than there is.
 */
function storedOnce(fileBytes: number): (entry: UnzipFileInfo) => boolean {
  let bytes = 0;
  return ({ compression, size }) => {
    if (compression !== 0) return false;
    bytes += size;
    if (bytes > fileBytes) throw corrupt("its entries overlap each other");
    return true;
  };
}

function readStream(bytes: Uint8Array): TorchCheckpoint {
  const storages = new Map<PickleValue, TorchStorage>();
  const noting: PicklePolicy = {
    ...torchPolicy,
    persistent(id) {
      const made = torchPolicy.persistent(id);
      const storage = asStorage(made);
      if (storage) storages.set(storage.key, storage);
      return made;
    },
  };
  const magic = readPickle(bytes, torchPolicy);
  const protocol = readPickle(bytes, torchPolicy, magic.end);
  if (magic.value !== STREAM_MAGIC || protocol.value !== STREAM_PROTOCOL) throw corrupt("an unknown kind of stream");
  const machine = readPickle(bytes, torchPolicy, protocol.end);
  if (!(machine.value instanceof Map) || machine.value.get("little_endian") !== true)
    throw refused("big-endian numbers");
  const root = readPickle(bytes, noting, machine.end);
  const keys = readPickle(bytes, torchPolicy, root.end);
  if (!Array.isArray(keys.value)) throw corrupt("no list of storages");
  const data = new Map<PickleValue, Uint8Array>();
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let position = keys.end;
  for (const key of keys.value) {
    const storage = storages.get(key);
    if (!storage) throw refused("a storage that no tensor uses");
    const length = Number(view.getBigInt64(position, true));
    if (length !== storage.length) throw corrupt(`a storage of ${length} elements instead of ${storage.length}`);
    const end = position + 8 + length * bytesPerElement[storage.type];
    if (end > bytes.length) throw corrupt("the file ends early");
    data.set(key, bytes.subarray(position + 8, end));
    position = end;
  }
  return gatherAll(root.value, bytes.length, ({ key }) => data.get(key));
}

/** Tied weights look into one storage; more than this is not a network. */
const MOST_TIES = 16;

function gatherAll(
  root: PickleValue,
  fileBytes: number,
  dataOf: (storage: TorchStorage) => Uint8Array | undefined,
): TorchCheckpoint {
  const { entries, path } = findStateDict(root);
  const tensors = new Map<string, StoredTensor>();
  let bytes = 0;
  for (const [name, value] of entries) {
    if (typeof name !== "string") throw refused("an entry whose name is not text");
    const tensor = asTensor(value);
    if (!tensor) throw refused(`an entry that is not a tensor (${name})`);
    const data = dataOf(tensor.storage);
    if (!data) throw corrupt(`the storage of ${name} is missing`);
    const size = bytesPerElement[tensor.storage.type];
    if (tensor.storage.length * size !== data.length) {
      throw corrupt(`the storage of ${name} has ${data.length} bytes instead of ${tensor.storage.length * size}`);
    }
    bytes += elementCount(tensor.shape) * size;
    if (bytes > MOST_TIES * fileBytes) throw refused("tensors that share their storages many times over");
    tensors.set(name, gather(tensor, data, name));
  }
  return { tensors, path };
}

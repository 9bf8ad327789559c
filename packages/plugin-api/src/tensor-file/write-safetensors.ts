import { type FileHandle, open } from "node:fs/promises";
import { bytesPerElement, type ElementType, elementCount, type StoredTensor } from "./stored-tensor.js";

/** What the header needs before the data are at hand. */
export interface TensorDescription {
  readonly type: ElementType;
  readonly shape: readonly number[];
}

/**
 * Writes a safetensors file, one tensor in memory at a time, and flushes it to the disk.
 * The same tensors give the same bytes: they are laid out in the order of `descriptions`.
 * @param read Called once a name, in that order.
 */
export async function writeSafetensors(
  path: string,
  descriptions: ReadonlyMap<string, TensorDescription>,
  read: (name: string) => Promise<Uint8Array> | Uint8Array,
  metadata: { readonly [key: string]: string } = {},
): Promise<void> {
  const file = await open(path, "w");
  try {
    await writeAll(file, safetensorsHeader(descriptions, metadata));
    for (const [name, { type, shape }] of descriptions) {
      const bytes = await read(name);
      if (bytes.length !== elementCount(shape) * bytesPerElement[type]) {
        throw new RangeError(`${name}: ${bytes.length} bytes for ${type} [${shape.join(", ")}]`);
      }
      await writeAll(file, bytes);
    }
    await file.sync();
  } finally {
    await file.close();
  }
}

/** Writes tensors that are in memory. */
export function writeStoredTensors(
  path: string,
  tensors: ReadonlyMap<string, StoredTensor>,
  metadata?: { readonly [key: string]: string },
): Promise<void> {
  return writeSafetensors(path, tensors, (name) => tensors.get(name)!.bytes, metadata);
}

function safetensorsHeader(
  descriptions: ReadonlyMap<string, TensorDescription>,
  metadata: { readonly [key: string]: string },
): Uint8Array {
  const header: { [name: string]: unknown } = {};
  if (Object.keys(metadata).length > 0) header.__metadata__ = metadata;
  let position = 0;
  for (const [name, { type, shape }] of descriptions) {
    const end = position + elementCount(shape) * bytesPerElement[type];
    header[name] = { dtype: type, shape, data_offsets: [position, end] };
    position = end;
  }
  const json = new TextEncoder().encode(JSON.stringify(header));
  // Padded with spaces so that the data start at a multiple of eight bytes, as readers that map the file want.
  const padded = Math.ceil(json.length / 8) * 8;
  const bytes = new Uint8Array(8 + padded).fill(0x20, 8);
  new DataView(bytes.buffer).setBigUint64(0, BigInt(padded), true);
  bytes.set(json, 8);
  return bytes;
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  let done = 0;
  while (done < bytes.length) done += (await file.write(bytes, done, bytes.length - done)).bytesWritten;
}

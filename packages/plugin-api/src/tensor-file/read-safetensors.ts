import { type FileHandle, open } from "node:fs/promises";
import { EosinError } from "../eosin-error.js";
import { MAX_HEADER_BYTES, parseSafetensorsHeader } from "./safetensors-header.js";
import type { StoredTensor } from "./stored-tensor.js";

/**
 * Reads all tensors of a safetensors file.
 * @throws EosinError `WEIGHTS_CORRUPT` where header and data disagree.
 */
export async function readSafetensors(path: string): Promise<Map<string, StoredTensor>> {
  const file = await open(path, "r");
  try {
    return await readFrom(file, path);
  } finally {
    await file.close();
  }
}

async function readFrom(file: FileHandle, path: string): Promise<Map<string, StoredTensor>> {
  const { size } = await file.stat();
  const prefix = new DataView(new ArrayBuffer(8));
  if (size >= 8) await readExactly(file, new Uint8Array(prefix.buffer), 0, path);
  const headerBytes = Number(prefix.getBigUint64(0, true));
  if (size < 8 || headerBytes < 2 || headerBytes > Math.min(MAX_HEADER_BYTES, size - 8)) {
    throw new EosinError({
      code: "WEIGHTS_CORRUPT",
      message: "This is not a safetensors file, or it was cut short.",
      place: path,
      found: `${size} bytes, header said to be ${size < 8 ? "absent" : `${headerBytes} bytes`}`,
      next: "Copy or download the file again.",
    });
  }
  const json = await readExactly(file, new Uint8Array(headerBytes), 8, path);
  const start = 8 + headerBytes;
  const header = parseSafetensorsHeader(new TextDecoder().decode(json), size - start, path);
  const tensors = new Map<string, StoredTensor>();
  for (const [name, { type, shape, begin, end }] of header.tensors) {
    const bytes = await readExactly(file, new Uint8Array(end - begin), start + begin, path);
    tensors.set(name, { type, shape, bytes });
  }
  return tensors;
}

async function readExactly(file: FileHandle, into: Uint8Array, position: number, path: string): Promise<Uint8Array> {
  let done = 0;
  while (done < into.length) {
    const { bytesRead } = await file.read(into, done, into.length - done, position + done);
    if (bytesRead === 0) {
      throw new EosinError({ code: "WEIGHTS_CORRUPT", message: "The file ended while it was read.", place: path });
    }
    done += bytesRead;
  }
  return into;
}

import { createWriteStream } from "node:fs";
import { type FileHandle, mkdir, open, writeFile } from "node:fs/promises";
import { dirname, isAbsolute, join, normalize } from "node:path";
import { pipeline } from "node:stream/promises";
import { createInflateRaw } from "node:zlib";

/** PKWARE's APPNOTE 6.3.10: signatures and lengths of the records' fixed parts, in bytes. */
const end = { signature: 0x06054b50, length: 22, longestComment: 0xffff };
const central = { signature: 0x02014b50, length: 46 };
const local = { length: 30 };
const methods = { stored: 0, deflated: 8 };
const tooLongFor32Bits = 0xffffffff;

interface Entry {
  readonly name: string;
  readonly method: number;
  readonly packed: number;
  readonly size: number;
  /** Of the local header. */
  readonly offset: number;
}

/**
 * Unpacks the files of a ZIP archive below 4 GiB. Checksums are not looked at: the whole archive's was.
 * @param onProgress Bytes unpacked, and of how many.
 * @throws Error where it is no such archive, or an entry would land outside the folder.
 */
export async function unzip(
  archive: string,
  folder: string,
  { signal, onProgress }: { signal: AbortSignal; onProgress(done: number, total: number): void },
): Promise<void> {
  const file = await open(archive);
  try {
    const entries = (await readDirectory(file)).filter(({ name }) => !name.endsWith("/"));
    const total = entries.reduce((sum, { size }) => sum + size, 0);
    let done = 0;
    for (const entry of entries) {
      signal.throwIfAborted();
      await extract(file, entry, folder, signal);
      done += entry.size;
      onProgress(done, total);
    }
  } finally {
    await file.close();
  }
}

async function readDirectory(file: FileHandle): Promise<readonly Entry[]> {
  const { size } = await file.stat();
  const tail = await read(file, Math.max(0, size - end.length - end.longestComment), size);
  const at = lastIndexOf(tail, end.signature);
  if (at < 0) throw new Error("it is no ZIP archive");
  const [length, offset] = [tail.readUInt32LE(at + 12), tail.readUInt32LE(at + 16)];
  const directory = await read(file, offset, offset + length);
  const entries: Entry[] = [];
  for (let position = 0; position < directory.length; ) {
    if (directory.readUInt32LE(position) !== central.signature)
      throw new Error("the ZIP archive's directory is broken");
    const field = (at: number) => directory.readUInt32LE(position + at);
    const lengthAt = (at: number) => directory.readUInt16LE(position + at);
    const [name, extra, comment] = [lengthAt(28), lengthAt(30), lengthAt(32)];
    const text = directory.toString("utf8", position + central.length, position + central.length + name);
    const entry = { name: text, method: lengthAt(10), packed: field(20), size: field(24), offset: field(42) };
    if ([entry.packed, entry.size, entry.offset].includes(tooLongFor32Bits)) throw new Error("it is a ZIP64 archive");
    entries.push(entry);
    position += central.length + name + extra + comment;
  }
  return entries;
}

async function extract(file: FileHandle, entry: Entry, folder: string, signal: AbortSignal): Promise<void> {
  const path = normalize(entry.name);
  if (isAbsolute(path) || path.startsWith("..")) throw new Error(`${entry.name} would land outside the folder`);
  const header = await read(file, entry.offset, entry.offset + local.length);
  const start = entry.offset + local.length + header.readUInt16LE(26) + header.readUInt16LE(28);
  const target = join(folder, path);
  await mkdir(dirname(target), { recursive: true });
  if (entry.packed === 0) {
    await writeFile(target, "");
    return;
  }
  const isStored = entry.method === methods.stored;
  if (!isStored && entry.method !== methods.deflated) {
    throw new Error(`${entry.name} is packed by method ${entry.method}`);
  }
  const output = createWriteStream(target);
  const packed = file.createReadStream({ start, end: start + entry.packed - 1, autoClose: false });
  if (isStored) await pipeline(packed, output, { signal });
  else await pipeline(packed, createInflateRaw(), output, { signal });
  if (output.bytesWritten !== entry.size) throw new Error(`${entry.name} has another size than it should`);
}

async function read(file: FileHandle, from: number, to: number): Promise<Buffer> {
  const buffer = Buffer.alloc(Math.max(0, to - from));
  const { bytesRead } = await file.read(buffer, 0, buffer.length, from);
  if (bytesRead < buffer.length) throw new Error("the ZIP archive ends too early");
  return buffer;
}

function lastIndexOf(buffer: Buffer, signature: number): number {
  for (let at = buffer.length - end.length; at >= 0; at--) if (buffer.readUInt32LE(at) === signature) return at;
  return -1;
}

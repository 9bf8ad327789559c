import { closeSync, fstatSync, openSync, readSync, statSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { EosinError } from "@eosin/plugin-api";
import { formatOf, listedFormats, otherFormat, type PictureFormat, signatureBytes } from "../formats/format.js";
import { takeBytes } from "./byte-pool.js";
import { corrupt, unreadable } from "./picture-fault.js";

export interface PictureFile {
  readonly path: string;
  readonly format: PictureFormat;
  readonly bytes: number;
  /** The first bytes: at least {@link signatureBytes} where the file has them; all, where it was opened to be decoded. */
  readonly start: Buffer;
  /** Reads up to `length` bytes from `position`; fewer at the end of the file. */
  read(position: number, length: number): Promise<Buffer>;
}

const START_BYTES = 4096;

/** Larger files are decoded from where they are. */
const SMALL_FILE = 2 ** 22;

/**
 * Opens a regular file (never a pipe or a device, which would hang), finds its format and hands it to `use`.
 * @throws EosinError `FILE_MISSING`, `FILE_UNREADABLE`, `NO_PICTURE`, `IMAGE_CORRUPT`
 */
export async function withPicture<T>(path: string, use: (file: PictureFile) => Promise<T>): Promise<T> {
  const descriptor = openRegular(path);
  try {
    const { size } = fstatSync(descriptor);
    const start = readAt(descriptor, 0, START_BYTES);
    return await use(identified(path, size, start, async (at, length) => readAt(descriptor, at, length)));
  } finally {
    closeSync(descriptor);
  }
}

/**
 * The same of a file that will be decoded: a small one is read whole, and decoders need not open it again.
 * @throws as {@link withPicture}
 */
export async function withWholePicture<T>(path: string, use: (file: PictureFile) => Promise<T>): Promise<T> {
  const bytes = readSmall(path);
  return bytes === undefined ? withPicture(path, use) : use(pictureOfBytes(path, bytes));
}

/**
 * The same of a file that was read already.
 * @throws EosinError `NO_PICTURE`, `IMAGE_CORRUPT`
 */
export function pictureOfBytes(path: string, bytes: Buffer): PictureFile {
  return identified(path, bytes.length, bytes, async (at, length) => bytes.subarray(at, at + length));
}

/** The whole file. @throws as {@link withPicture} */
export async function readWhole(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

function readSmall(path: string): Buffer | undefined {
  const descriptor = openRegular(path);
  try {
    const { size } = fstatSync(descriptor);
    return size <= SMALL_FILE ? readInto(takeBytes(size), descriptor, 0) : undefined;
  } catch (cause) {
    throw unreadable(path, cause);
  } finally {
    closeSync(descriptor);
  }
}

/**
 * Files are opened and read without a detour by other threads, which takes six times as long as what it would wait for,
 * on a local disk.
 */
function openRegular(path: string): number {
  try {
    const found = statSync(path);
    // Before opening: to open a pipe waits for a writer.
    if (!found.isFile()) throw noPicture(path, found.isDirectory() ? "a folder" : "a pipe, device or socket");
    return openSync(path, "r");
  } catch (cause) {
    throw cause instanceof EosinError ? cause : unreadable(path, cause);
  }
}

/** Shorter at the end of the file. */
function readAt(descriptor: number, position: number, length: number): Buffer {
  return readInto(Buffer.allocUnsafeSlow(length), descriptor, position);
}

function readInto(buffer: Buffer, descriptor: number, position: number): Buffer {
  let filled = 0;
  while (filled < buffer.length) {
    const read = readSync(descriptor, buffer, filled, buffer.length - filled, position + filled);
    if (read === 0) break;
    filled += read;
  }
  return buffer.subarray(0, filled);
}

function identified(path: string, bytes: number, start: Buffer, read: PictureFile["read"]): PictureFile {
  const format = formatOf(start);
  if (format !== undefined && start.length >= signatureBytes) return { path, format, bytes, start, read };
  if (format === undefined && start.length > 0) throw noPicture(path, otherFormat(start));
  throw corrupt(path, start.length === 0 ? "an empty file" : "a few bytes");
}

function noPicture(path: string, found: string): EosinError {
  return new EosinError({
    code: "NO_PICTURE",
    message: "The file is not a picture of a format that is read.",
    place: path,
    expected: `a ${listedFormats} file, by its content`,
    found,
    next: "Convert it, or leave it out.",
  });
}

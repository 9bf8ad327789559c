import { type FileHandle, open, readFile, stat } from "node:fs/promises";
import { EosinError } from "@eosin/plugin-api";
import { formatOf, listedFormats, otherFormat, type PictureFormat, signatureBytes } from "../formats/format.js";
import { corrupt, unreadable } from "./picture-fault.js";

export interface PictureFile {
  readonly path: string;
  readonly format: PictureFormat;
  readonly bytes: number;
  /** The first bytes: at least {@link signatureBytes} where the file has them. */
  readonly start: Buffer;
  /** Reads up to `length` bytes from `position`; fewer at the end of the file. */
  read(position: number, length: number): Promise<Buffer>;
}

const START_BYTES = 4096;

/**
 * Opens a regular file (never a pipe or a device, which would hang), finds its format and hands it to `use`.
 * @throws EosinError `FILE_MISSING`, `FILE_UNREADABLE`, `NO_PICTURE`, `IMAGE_CORRUPT`
 */
export async function withPicture<T>(path: string, use: (file: PictureFile) => Promise<T>): Promise<T> {
  const handle = await openRegular(path);
  try {
    const { size } = await handle.stat();
    const read = (position: number, length: number) => readAt(handle, position, length);
    const start = await read(0, START_BYTES);
    const format = formatOf(start);
    if (format !== undefined && start.length >= signatureBytes) {
      return await use({ path, format, bytes: size, start, read });
    }
    if (format !== undefined || start.length === 0)
      throw corrupt(path, start.length === 0 ? "an empty file" : "a few bytes");
    throw noPicture(path, otherFormat(start));
  } finally {
    await handle.close();
  }
}

/** The whole file. @throws as {@link withPicture} */
export async function readWhole(path: string): Promise<Buffer> {
  try {
    return await readFile(path);
  } catch (cause) {
    throw unreadable(path, cause);
  }
}

async function openRegular(path: string): Promise<FileHandle> {
  try {
    const found = await stat(path);
    // Before opening: to open a pipe waits for a writer.
    if (!found.isFile()) throw noPicture(path, found.isDirectory() ? "a folder" : "a pipe, device or socket");
    return await open(path);
  } catch (cause) {
    throw cause instanceof EosinError ? cause : unreadable(path, cause);
  }
}

async function readAt(handle: FileHandle, position: number, length: number): Promise<Buffer> {
  const buffer = Buffer.alloc(length);
  const { bytesRead } = await handle.read(buffer, 0, length, position);
  return buffer.subarray(0, bytesRead);
}

function noPicture(path: string, found: string): EosinError {
  return new EosinError({
    code: "NO_PICTURE",
    message: "The file is no picture of a format that is read.",
    place: path,
    expected: `a ${listedFormats} file, by its content`,
    found,
    next: "Convert it, or leave it out.",
  });
}

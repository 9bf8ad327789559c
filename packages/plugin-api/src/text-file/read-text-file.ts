import type { Stats } from "node:fs";
import { constants } from "node:fs";
import { type FileHandle, open } from "node:fs/promises";
import { EosinError } from "../eosin-error.js";
import { decodeText } from "./decode-text.js";

/** How {@link readTextFile} reads. */
export interface TextFileReading {
  /** More is refused before it is read; 256 MiB unless said. */
  readonly maxBytes?: number;
  /** Take UTF-16 with a byte-order mark too, as spreadsheets write it. */
  readonly utf16?: boolean;
}

const defaultMaxBytes = 256 * 2 ** 20;

/**
 * The text of a regular file in UTF-8, without its byte-order mark. Pipes and devices are refused: they may never end.
 * @throws EosinError `FILE_MISSING`, `FILE_NOT_REGULAR`, `FILE_TOO_LARGE`, `TEXT_ENCODING`, with the file as the place
 */
export async function readTextFile(
  file: string,
  { maxBytes = defaultMaxBytes, utf16 = false }: TextFileReading = {},
): Promise<string> {
  let handle: FileHandle | undefined;
  try {
    // Without O_NONBLOCK, opening a pipe that nobody writes to waits for ever. Windows has no such flag, and no such wait.
    handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    const stats = await handle.stat();
    if (!stats.isFile()) throw notRegular(file, kindOf(stats));
    return decodeText(await readAtMost(handle, maxBytes, file), file, utf16);
  } catch (cause) {
    if (cause instanceof EosinError) throw cause;
    throw unreadable(file, cause);
  } finally {
    await handle?.close();
  }
}

/** Files that are made as they are read, such as those of /proc, do not tell their size. */
async function readAtMost(handle: FileHandle, maxBytes: number, file: string): Promise<Uint8Array> {
  const { size } = await handle.stat();
  if (size > maxBytes) throw tooLarge(file, maxBytes, `${size} bytes`);
  const chunks: Uint8Array[] = [];
  let length = 0;
  for (;;) {
    const chunk = new Uint8Array(Math.max(65_536, size + 1 - length));
    const { bytesRead } = await handle.read(chunk, 0, chunk.length);
    if (bytesRead === 0) return Buffer.concat(chunks, length);
    chunks.push(chunk.subarray(0, bytesRead));
    length += bytesRead;
    if (length > maxBytes) throw tooLarge(file, maxBytes, `more than ${maxBytes} bytes`);
  }
}

function kindOf(stats: Stats): string {
  if (stats.isDirectory()) return "a folder";
  if (stats.isFIFO()) return "a named pipe (FIFO)";
  if (stats.isSocket()) return "a socket";
  return "a device";
}

const reasons: { readonly [code: string]: string } = {
  ENOENT: "nothing there",
  ENOTDIR: "nothing there: a part of the path is a file",
  EACCES: "a file that may not be read",
  EPERM: "a file that may not be read",
  ELOOP: "a link that leads to itself",
  EISDIR: "a folder",
  ENXIO: "a socket, or a device that is not there",
  ENAMETOOLONG: "a name that is too long",
};

function unreadable(file: string, cause: unknown): EosinError {
  const { code, message } = cause as NodeJS.ErrnoException;
  return new EosinError({
    code: "FILE_MISSING",
    message: "The file cannot be read.",
    place: file,
    expected: "a file",
    found: reasons[code ?? ""] ?? message,
    next: "Check the path.",
    cause,
  });
}

function notRegular(file: string, found: string): EosinError {
  return new EosinError({
    code: "FILE_NOT_REGULAR",
    message: "Only regular files are read.",
    place: file,
    expected: "a regular file",
    found,
    next: "Check the path, or write what it gives to a file first.",
  });
}

function tooLarge(file: string, maxBytes: number, found: string): EosinError {
  return new EosinError({
    code: "FILE_TOO_LARGE",
    message: "The file is too large to be what it should be.",
    place: file,
    expected: `at most ${maxBytes} bytes`,
    found,
    next: "Check the path.",
  });
}

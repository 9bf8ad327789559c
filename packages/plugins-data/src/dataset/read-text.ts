import { readFile } from "node:fs/promises";
import { EosinError, type SourcePlace } from "@eosin/plugin-api";

/**
 * The text of a file: UTF-8, with or without a byte-order mark, or UTF-16 with one.
 * @param what Completes "… cannot be read", e.g. `The table`.
 * @param next The next step where there is no file.
 * @throws EosinError `FILE_MISSING`; `TEXT_ENCODING` where the bytes are of another encoding.
 */
export async function readText(file: string, what: string, next: string): Promise<string> {
  let bytes: Buffer;
  try {
    bytes = await readFile(file);
  } catch (cause) {
    throw new EosinError({
      code: "FILE_MISSING",
      message: `${what} cannot be read.`,
      place: file,
      found: cause instanceof Error ? cause.message : String(cause),
      next,
      cause,
    });
  }
  // Each decoder leaves its own byte-order mark out.
  if (bytes[0] === 0xff && bytes[1] === 0xfe) return new TextDecoder("utf-16le").decode(bytes);
  if (bytes[0] === 0xfe && bytes[1] === 0xff) return new TextDecoder("utf-16be").decode(bytes);
  if (bytes.includes(0)) throw wrongEncoding(file, "zero bytes, as in UTF-16 without a byte-order mark");
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw wrongEncoding(file, `bytes that are not UTF-8 in line ${faultyLine(bytes)}, as in Latin-1 (Windows-1252)`);
  }
}

/** The place of a line in a file that an option names. */
export function lineOf(file: string, line: number): SourcePlace {
  return { file, line, column: 1 };
}

function faultyLine(bytes: Buffer): number {
  const decoder = new TextDecoder("utf-8", { fatal: true });
  let line = 1;
  for (let start = 0; start < bytes.length; line++) {
    const end = bytes.indexOf(10, start);
    const stop = end === -1 ? bytes.length : end + 1;
    try {
      decoder.decode(bytes.subarray(start, stop));
    } catch {
      return line;
    }
    start = stop;
  }
  return line;
}

function wrongEncoding(file: string, found: string): EosinError {
  return new EosinError({
    code: "TEXT_ENCODING",
    message: "The file is not encoded in UTF-8.",
    place: file,
    expected: "UTF-8",
    found,
    next: "Save the file as UTF-8 (in Excel: “CSV UTF-8”; in an editor: “Save with encoding”).",
  });
}

import { EosinError, isEosinError, readTextFile, type SourcePlace } from "@eosin/plugin-api";

/**
 * The text of a file that an option names: UTF-8, with or without a byte-order mark, or UTF-16 with one.
 * @param what Completes "… cannot be read", e.g. `The table`.
 * @param next The next step where there is no file.
 * @throws EosinError as `readTextFile`
 */
export async function readText(file: string, what: string, next: string): Promise<string> {
  try {
    return await readTextFile(file, { utf16: true });
  } catch (cause) {
    if (!isEosinError(cause) || cause.code !== "FILE_MISSING") throw cause;
    throw new EosinError({ ...cause, message: `${what} cannot be read.`, next, cause });
  }
}

/** The place of a line in a file that an option names. */
export function lineOf(file: string, line: number): SourcePlace {
  return { file, line, column: 1 };
}

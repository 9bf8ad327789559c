import { mkdir, writeFile } from "node:fs/promises";
import { dirname } from "node:path";
import { EosinError } from "@eosin/plugin-api";

/**
 * Writes what a command was asked to leave in a file; its folder is made where it is not there.
 * @param next What the user can do where it cannot be written.
 * @throws EosinError `OUTPUT_UNWRITABLE`
 */
export async function writeOutput(
  file: string,
  text: string,
  next = "Name another file (--out, --save-target).",
): Promise<void> {
  try {
    await mkdir(dirname(file), { recursive: true });
    await writeFile(file, text);
  } catch (cause) {
    throw new EosinError({
      code: "OUTPUT_UNWRITABLE",
      message: "What the command made cannot be written.",
      place: file,
      expected: "a path where a file may be written",
      found: (cause as Error).message,
      next,
      cause,
    });
  }
}

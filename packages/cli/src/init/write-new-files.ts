import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { EosinError } from "@eosin/plugin-api";
import { writeOutput } from "../write-output.js";

export interface WrittenFiles {
  /** Paths in the folder, of files that were not there. */
  readonly written: readonly string[];
  /** Of files that were there with other content; only where they may be overwritten. */
  readonly overwritten: readonly string[];
  /** Of files that were there as they are to be. */
  readonly unchanged: readonly string[];
}

/** What a user can do about files that are there. */
export interface OverwriteAdvice {
  /** Completes "You can …". */
  readonly elsewhere: string;
  /** A command. */
  readonly overwrite: string;
}

const folderAdvice: OverwriteAdvice = {
  elsewhere: "name another folder (pipe init FOLDER)",
  overwrite: "pipe init --force",
};

type State = "new" | "same" | "other";

/**
 * Writes files into a folder; what differs from what is there is looked for before anything is written.
 * @param files Path in the folder → text.
 * @param advice For the error where they may not.
 * @param overwrite Whether files that are there with other content may be replaced.
 * @throws EosinError `FILES_DIFFER`, naming them, where they may not; `OUTPUT_UNWRITABLE`
 */
export async function writeNewFiles(
  folder: string,
  files: ReadonlyMap<string, string>,
  overwrite: boolean,
  advice: OverwriteAdvice = folderAdvice,
): Promise<WrittenFiles> {
  const states = new Map<string, State>();
  for (const [path, text] of files) states.set(path, await compare(join(folder, path), text));
  const of = (state: State) => [...files.keys()].filter((path) => states.get(path) === state);
  const differ = of("other");
  if (differ.length > 0 && !overwrite) throw differing(folder, differ, advice);
  for (const path of [...of("new"), ...differ]) {
    await writeOutput(join(folder, path), files.get(path)!, `You can ${advice.elsewhere}.`);
  }
  return { written: of("new"), overwritten: differ, unchanged: of("same") };
}

async function compare(path: string, text: string): Promise<State> {
  try {
    return (await readFile(path, "utf8")) === text ? "same" : "other";
  } catch (error) {
    // Whatever else is there is not ours to replace; a folder that is none is told when it is written to.
    const { code } = error as NodeJS.ErrnoException;
    return code === "ENOENT" || code === "ENOTDIR" ? "new" : "other";
  }
}

function differing(folder: string, paths: readonly string[], advice: OverwriteAdvice): EosinError {
  return new EosinError({
    code: "FILES_DIFFER",
    message: `${paths.length === 1 ? "A file is" : `${paths.length} files are`} there already with other content. Nothing was written.`,
    place: folder,
    expected: "no such files, or these with the content that they would get",
    found: paths.join("\n"),
    next: `Move ${paths.length === 1 ? "it" : "them"} away, ${advice.elsewhere}, or overwrite ${paths.length === 1 ? "it" : "them"}: ${advice.overwrite}`,
  });
}

import { stat } from "node:fs/promises";
import { resolve } from "node:path";

export interface LocatedFile {
  readonly path: string;
  /** Whether the file's name has another Unicode form than it was asked for. */
  readonly respelled: boolean;
}

/**
 * A file that a table names, which may have been written on another system: with backslashes, or in another Unicode form.
 * @returns undefined where there is none.
 */
export async function locateFile(root: string, name: string): Promise<LocatedFile | undefined> {
  for (const spelled of new Set([name, name.replaceAll("\\", "/")])) {
    for (const form of new Set([spelled, spelled.normalize("NFC"), spelled.normalize("NFD")])) {
      const path = resolve(root, form);
      if ((await stat(path).catch(() => undefined))?.isFile()) return { path, respelled: form !== spelled };
    }
  }
  return undefined;
}

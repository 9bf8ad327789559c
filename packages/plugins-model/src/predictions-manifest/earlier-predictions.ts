import { realpath } from "node:fs/promises";
import { basename, dirname, join } from "node:path";
import { MANIFEST, readManifest } from "./manifest.js";

export { MANIFEST };

/** Tells images from what earlier predictions wrote, by the manifests in the folders that a file lies in. */
export class EarlierPredictions {
  readonly #outputs = new Map<string, Promise<ReadonlySet<string> | undefined>>();
  readonly #realFolders = new Map<string, Promise<string>>();

  /** @returns The manifest that names the file as an output; nothing where none does. */
  async manifestOf(path: string): Promise<string | undefined> {
    // Outputs are named from their manifest on: a link to their folder leads to the same ones.
    const folder = await this.#realFolder(dirname(path));
    const real = join(folder, basename(path));
    for (let at = folder; ; at = dirname(at)) {
      if ((await this.#outputsOf(at))?.has(real)) return join(at, MANIFEST);
      if (at === dirname(at)) return undefined;
    }
  }

  #realFolder(folder: string): Promise<string> {
    const known = this.#realFolders.get(folder) ?? realpath(folder).catch(() => folder);
    this.#realFolders.set(folder, known);
    return known;
  }

  #outputsOf(folder: string): Promise<ReadonlySet<string> | undefined> {
    const known = this.#outputs.get(folder) ?? readOutputs(folder);
    this.#outputs.set(folder, known);
    return known;
  }
}

async function readOutputs(folder: string): Promise<ReadonlySet<string> | undefined> {
  const calls = await readManifest(folder);
  if (calls === undefined) return undefined;
  const files = calls.flatMap(({ images }) => images.flatMap(({ mask, probability }) => [mask, probability]));
  return new Set(files.map((file) => join(folder, file)));
}

import { downloadedLibrary } from "./archive.js";
import { torchFolder } from "./installation.js";
import type { Libtorch, LibtorchSearch } from "./library.js";
import { namedLibrary } from "./named-library.js";
import { pythonLibrary } from "./python-library.js";
import { systemLibrary } from "./system-library.js";

export interface LocateOptions {
  readonly env?: NodeJS.ProcessEnv;
  /** Of the file system. */
  readonly root?: string;
}

/**
 * Looks for a libtorch: named by the environment, in a Python's PyTorch, installed by the distribution, downloaded
 * before. The first one is taken.
 * @returns The library, or why each place has none.
 * @throws EosinError `ENGINE_INSTALL_FAILED` where the environment names one that is broken.
 */
export async function locateLibtorch({ env = process.env, root = "/" }: LocateOptions = {}): Promise<LibtorchSearch> {
  const places: readonly (() => LibtorchSearch | Promise<LibtorchSearch>)[] = [
    () => namedLibrary(env),
    () => pythonLibrary(env),
    () => systemLibrary(env, root),
    () => downloadedLibrary(torchFolder(env), env),
  ];
  const missing: string[] = [];
  for (const look of places) {
    const found = await look();
    if (isLibtorch(found)) return found;
    missing.push(found.missing);
  }
  return { missing: missing.join("; ") };
}

export const isLibtorch = (search: LibtorchSearch): search is Libtorch => !("missing" in search);

import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { inspectLibrary } from "./inspect-library.js";
import type { LibtorchSearch } from "./library.js";

/** The libtorch of the distribution's package (`libtorch-dev`). @param root Of the file system; another in tests. */
export function systemLibrary(env: NodeJS.ProcessEnv, root = "/"): LibtorchSearch {
  const headers = join(root, "usr", "include");
  const libraries = libraryFolders(root).find((folder) => existsSync(join(folder, "libtorch_cpu.so")));
  if (!libraries) return { missing: "libtorch-dev is not installed" };
  const library = inspectLibrary({ kind: "system", origin: "libtorch-dev", headers, libraries }, env);
  return "lacks" in library ? { missing: `libtorch is installed without ${library.lacks} (libtorch-dev)` } : library;
}

function libraryFolders(root: string): readonly string[] {
  const lib = join(root, "usr", "lib");
  const multiarch = existsSync(lib) ? readdirSync(lib).filter((name) => name.endsWith("-linux-gnu")) : [];
  return [...multiarch.map((name) => join(lib, name)), join(root, "usr", "lib64"), lib];
}

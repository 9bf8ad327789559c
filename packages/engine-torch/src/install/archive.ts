import { existsSync } from "node:fs";
import { join } from "node:path";
import { inspectLibrary } from "./inspect-library.js";
import type { LibtorchSearch } from "./library.js";

/** An official archive of libtorch. */
export interface Archive {
  readonly version: string;
  readonly url: string;
  /** Hexadecimal, of the whole file. */
  readonly sha256: string;
}

/** For CPUs, Linux on x86-64: PyTorch publishes none for other processors. */
export const publishedArchive: Archive = {
  version: "2.10.0",
  url: "https://download.pytorch.org/libtorch/cpu/libtorch-shared-with-deps-2.10.0%2Bcpu.zip",
  sha256: "c5bf8efda9224a2d971b19d1ef6cf3ba6fee8ab53e69c49427db003d1d300496",
};

/** @param folder The engine's, in the cache. */
export const unpackedFolder = (folder: string, { version }: Archive): string => join(folder, `libtorch-${version}`);

/** The archive's libtorch, where it was downloaded before. */
export function downloadedLibrary(folder: string, env: NodeJS.ProcessEnv, archive = publishedArchive): LibtorchSearch {
  const home = unpackedFolder(folder, archive);
  if (!existsSync(home)) return { missing: "none was downloaded" };
  const place = { headers: join(home, "include"), libraries: join(home, "lib") };
  const library = inspectLibrary({ kind: "archive", origin: "download.pytorch.org", ...place }, env);
  return "lacks" in library ? { missing: `the downloaded one has no ${library.lacks}` } : library;
}

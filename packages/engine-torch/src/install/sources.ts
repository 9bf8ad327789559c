import { createHash } from "node:crypto";
import { readdirSync, readFileSync, statSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

/** The addon's C++, which the package ships. */
export const addonFolder: string = fileURLToPath(new URL("../../addon", import.meta.url));

/** SHA-256 over names and contents, hexadecimal. */
export function hashSources(folder: string = addonFolder): string {
  const hash = createHash("sha256");
  for (const name of readdirSync(folder)
    .filter((each) => /\.(cc|h)$/.test(each))
    .sort()) {
    hash
      .update(`${name}\0`)
      .update(readFileSync(join(folder, name)))
      .update("\0");
  }
  return hash.digest("hex");
}

/**
 * Files to compile, the largest first: they take longest.
 * @param cuda Whether CUDA's headers are there: `cuda.cc` and `cuda-graph.cc` then, else their stand-in `no-cuda.cc`.
 */
export function unitsToCompile(folder: string, cuda: boolean): readonly string[] {
  const others = cuda ? ["no-cuda.cc"] : ["cuda.cc", "cuda-graph.cc"];
  const size = (name: string) => statSync(join(folder, name)).size;
  return readdirSync(folder)
    .filter((name) => name.endsWith(".cc") && !others.includes(name))
    .sort((a, b) => size(b) - size(a));
}

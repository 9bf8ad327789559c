import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { findCudaHeaders } from "./cuda-headers.js";
import type { Libtorch } from "./library.js";

/** Within the headers' folder: the version is in one of them, which depends on the version. */
const versionHeaders = ["torch/headeronly/version.h", "torch/csrc/api/include/torch/version.h"];
/** Whose folder is on the path beside the headers' own. */
const apiFolder = "torch/csrc/api/include";
const neededHeaders = ["ATen/ATen.h", `${apiFolder}/torch/version.h`];
const neededLibraries = ["libtorch.so", "libtorch_cpu.so", "libc10.so"];

/** c10::Error's constructor with a string as libstdc++ had it before 2011. */
const oldConstructors = ["_ZN3c105ErrorC1ENS_14SourceLocationESs", "_ZN3c105ErrorC2ENS_14SourceLocationESs"];

export interface LibraryPlace {
  readonly kind: Libtorch["kind"];
  readonly origin: string;
  /** Holds `ATen` and `torch`. */
  readonly headers: string;
  readonly libraries: string;
}

/** @returns The library, or the first file that it lacks. */
export function inspectLibrary(
  { kind, origin, headers, libraries }: LibraryPlace,
  env: NodeJS.ProcessEnv,
): Libtorch | { readonly lacks: string } {
  const needed = [
    ...neededHeaders.map((name) => join(headers, name)),
    ...neededLibraries.map((name) => join(libraries, name)),
  ];
  const lacks = needed.find((file) => !existsSync(file));
  if (lacks) return { lacks };
  const version = versionOf(headers);
  if (!version) return { lacks: `the version in ${join(headers, versionHeaders[1])}` };
  return {
    version,
    kind,
    origin,
    // Named once more, /usr/include would be before the compiler's own folders, whose headers include its.
    includeFolders: [...(headers === "/usr/include" ? [] : [headers]), join(headers, apiFolder)],
    libraryFolder: libraries,
    cxx11Abi: usesCxx11Abi(join(libraries, "libc10.so")),
    cuda: existsSync(join(libraries, "libtorch_cuda.so"))
      ? { includeFolders: findCudaHeaders(libraries, env) }
      : undefined,
  };
}

function versionOf(headers: string): string | undefined {
  for (const name of versionHeaders) {
    const file = join(headers, name);
    if (!existsSync(file)) continue;
    const text = readFileSync(file, "utf8");
    const numbers = ["MAJOR", "MINOR", "PATCH"].map(
      (part) => new RegExp(`TORCH_VERSION_${part} (\\d+)`).exec(text)?.[1],
    );
    if (numbers.every((number) => number !== undefined)) return numbers.join(".");
  }
  return undefined;
}

/** Every build of libtorch since 2.6 has the new strings, and Linux distributions' always had. */
function usesCxx11Abi(c10: string): boolean {
  const content = readFileSync(c10);
  return !oldConstructors.some((symbol) => content.includes(`${symbol}\0`));
}

import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import type { Libtorch } from "./library.js";

const require = createRequire(import.meta.url);
const packageFolder = (name: string) => dirname(require.resolve(`${name}/package.json`));

/** What decides the machine code: no paths. */
export function codeFlags({ version, cxx11Abi, cuda }: Libtorch): readonly string[] {
  return [
    `-std=${Number(version.split(".")[0]) >= 2 ? "gnu++20" : "gnu++17"}`,
    "-O3",
    "-march=native",
    "-fPIC",
    "-fopenmp",
    // What lets loops with square roots and comparisons be vectorised; values stay as they are.
    "-fno-math-errno",
    "-fno-trapping-math",
    "-DNAPI_VERSION=8",
    "-DNAPI_CPP_EXCEPTIONS",
    `-D_GLIBCXX_USE_CXX11_ABI=${cxx11Abi ? 1 : 0}`,
    ...(cuda?.includeFolders ? ["-DEOSIN_CUDA"] : []),
  ];
}

export function includeFlags({ includeFolders, cuda }: Libtorch): readonly string[] {
  const node = [packageFolder("node-addon-api"), join(packageFolder("node-api-headers"), "include")];
  return [...node, ...includeFolders, ...(cuda?.includeFolders ?? [])].map((folder) => `-I${folder}`);
}

/** After the objects. Without `-fopenmp`: a second OpenMP runtime beside the one that libtorch brings would fight for the cores. */
export function linkFlags({ libraryFolder, cuda }: Libtorch): readonly string[] {
  return [
    `-L${libraryFolder}`,
    `-Wl,-rpath,${libraryFolder}`,
    // libtorch's kernels register themselves: nothing of ours refers to them.
    "-Wl,--no-as-needed",
    ...["torch", "torch_cpu", "c10", ...(cuda ? ["torch_cuda", "c10_cuda"] : [])].map((name) => `-l${name}`),
  ];
}

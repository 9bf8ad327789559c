import { readFile } from "node:fs/promises";
import { EosinError } from "@eosin/plugin-api";
import type { KernelFunction } from "../../../dist/kernels.js";

/** The part of the standard API that Node's type declarations leave out. */
declare const WebAssembly: {
  instantiate(binary: Uint8Array, imports: object): Promise<{ readonly instance: { readonly exports: object } }>;
};

type Native = (...values: number[]) => number;

/** The functions of `assembly/kernels/`, as the build names them. Pointers are byte addresses in the memory of the tfjs back end. */
export type TrainingKernels = Readonly<Record<KernelFunction, Native>>;

/** The path holds from `src` and from `dist` alike. */
const binary = new URL("../../../dist/kernels.wasm", import.meta.url);

/** Instantiates the kernels inside another module's memory, so that tensors need no copy. */
export async function loadTrainingKernels(memory: object): Promise<TrainingKernels> {
  const bytes = await readFile(binary).catch((cause: unknown) => {
    throw new EosinError({
      code: "ENGINE_NOT_BUILT",
      message: "The wasm engine's kernels are not there.",
      place: "wasm",
      expected: "dist/kernels.wasm in the package @eosin/engine",
      next: "pnpm --filter @eosin/engine build",
      cause,
    });
  });
  const { instance } = await WebAssembly.instantiate(bytes, { env: { memory } });
  return instance.exports as TrainingKernels;
}

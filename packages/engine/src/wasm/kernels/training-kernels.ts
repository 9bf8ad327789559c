import { EosinError } from "@eosin/plugin-api";
import { loadWasm } from "@eosin/support/load-wasm";
import type { KernelFunction } from "../../../dist/kernels.js";

type Native = (...values: number[]) => number;

/** The functions of `assembly/kernels/`, as the build names them. Pointers are byte addresses in the memory of the tfjs back end. */
export type TrainingKernels = Readonly<Record<KernelFunction, Native>>;

/** The path holds from `src` and from `dist` alike. */
const binary = new URL("../../../dist/kernels.wasm", import.meta.url);

/** Instantiates the kernels inside another module's memory, so that tensors need no copy. */
export function loadTrainingKernels(memory: object): TrainingKernels {
  return loadWasm(binary, { env: { memory } }, notBuilt) as TrainingKernels;
}

function notBuilt(cause: unknown): EosinError {
  return new EosinError({
    code: "ENGINE_NOT_BUILT",
    message: "The wasm engine's kernels are not there.",
    place: "wasm",
    expected: "dist/kernels.wasm in the package @eosin/engine",
    next: "pnpm --filter @eosin/engine build",
    cause,
  });
}

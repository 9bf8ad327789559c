import { EosinError } from "@eosin/plugin-api";
import { loadWasm } from "@eosin/support/load-wasm";
import { messageOf } from "@eosin/support/message-of";
import type { KernelFunction, StainKernels } from "./kernel-memory.js";
import { writeLabTables } from "./write-lab-tables.js";

/** The path holds from `src` and from `dist` alike. */
const binary = new URL("../../dist/kernels.wasm", import.meta.url);

let loaded: StainKernels | undefined;

/** This thread's kernels; its memory is scratch of whoever calls, until it returns. */
export function stainKernels(): StainKernels {
  loaded ??= load();
  return loaded;
}

function load(): StainKernels {
  const { memory, ...others } = loadWasm(binary, {}, notBuilt) as { memory: { buffer: ArrayBuffer } };
  const run: Partial<Record<string, KernelFunction>> = {};
  const at: Partial<Record<string, number>> = {};
  for (const [name, value] of Object.entries(others)) {
    if (typeof value === "function") run[name] = value as KernelFunction;
    else at[name] = (value as { readonly value: number }).value;
  }
  const { buffer } = memory;
  const kernels = {
    run: run as StainKernels["run"],
    at: at as StainKernels["at"],
    bytes: new Uint8Array(buffer),
    shorts: new Uint16Array(buffer),
    integers: new Int32Array(buffer),
    floats: new Float32Array(buffer),
    doubles: new Float64Array(buffer),
  };
  writeLabTables(kernels);
  return kernels;
}

function notBuilt(cause: unknown): EosinError {
  return new EosinError({
    code: "PLUGIN_NOT_BUILT",
    message: "The stain kernels are not there.",
    expected: "dist/kernels.wasm in the package @eosin/plugins-stain",
    found: messageOf(cause),
    next: "pnpm --filter @eosin/plugins-stain build",
    cause,
  });
}

/** Sets the kernels' parameters from the first on. */
export function setParameters({ floats, at }: StainKernels, values: ArrayLike<number>): void {
  floats.set(values, at.PARAMETERS >> 2);
}

/** Sets one parameter. */
export function setParameter({ floats, at }: StainKernels, index: number, value: number): void {
  floats[(at.PARAMETERS >> 2) + index] = value;
}

export function clearSums({ doubles, at }: StainKernels): void {
  doubles.fill(0, at.SUMS >> 3, (at.SUMS >> 3) + SUM_COUNT);
}

const SUM_COUNT = 16;

/** A copy of the first sums. */
export function sums({ doubles, at }: StainKernels, count: number): Float64Array {
  return doubles.slice(at.SUMS >> 3, (at.SUMS >> 3) + count);
}

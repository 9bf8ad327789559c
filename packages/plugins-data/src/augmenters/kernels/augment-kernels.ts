import { EosinError } from "@eosin/plugin-api";
import { loadWasm } from "@eosin/support/load-wasm";
import { messageOf } from "@eosin/support/message-of";
import type { KernelFunction } from "../../../dist/kernels.js";

/** The module that `assembly/` describes, in a memory of its own that grows with the pictures. */
export interface AugmentKernels {
  /** Parameters are addresses in bytes and counts, as `assembly/augment` says. */
  readonly run: Readonly<Record<KernelFunction, (...values: number[]) => void>>;
  readonly bytes: Uint8Array;
  readonly shorts: Int16Array;
  readonly integers: Int32Array;
  readonly words: Uint32Array;
  readonly floats: Float32Array;
}

interface Memory {
  readonly buffer: ArrayBuffer;
  grow(pages: number): number;
}

interface LoadedModule {
  readonly memory: Memory;
  readonly run: AugmentKernels["run"];
  views: AugmentKernels;
}

/** The path holds from `src` and from `dist` alike. */
const binary = new URL("../../../dist/kernels.wasm", import.meta.url);

const PAGE = 65536;
/** Where memory is free; what the look at data keeps there is in another memory. */
const FREE = 1024;
/** Kernels read and write some bytes past the ends of their rows. */
const BEYOND = 64;
/** A thread that once worked on a whole slide does not keep its memory. */
const MOST_KEPT_BYTES = 64 * 2 ** 20;

let loaded: LoadedModule | undefined;

/**
 * This thread's kernels, with a place for each block of memory: scratch of whoever calls, until it returns or reserves
 * again. Its content is whatever was there.
 * @param sizes In bytes, by name.
 * @returns `at`: the addresses, multiples of 16, likewise by name.
 */
export function reserve<Name extends string>(
  sizes: Readonly<Record<Name, number>>,
): { readonly kernels: AugmentKernels; readonly at: Readonly<Record<Name, number>> } {
  const at: Partial<Record<string, number>> = {};
  let end = FREE;
  for (const name in sizes) {
    at[name] = end;
    end += 16 * Math.ceil((sizes[name] + BEYOND) / 16);
  }
  return { kernels: kernelsOf(end), at: at as Record<Name, number> };
}

function kernelsOf(bytes: number): AugmentKernels {
  const tooLarge = loaded && loaded.memory.buffer.byteLength > MOST_KEPT_BYTES && bytes <= MOST_KEPT_BYTES;
  if (!loaded || tooLarge) loaded = load();
  const missing = bytes - loaded.memory.buffer.byteLength;
  if (missing > 0) {
    loaded.memory.grow(Math.ceil(missing / PAGE));
    loaded.views = viewsOf(loaded.memory, loaded.run);
  }
  return loaded.views;
}

function load(): LoadedModule {
  const { memory, ...others } = loadWasm(binary, {}, notBuilt) as { memory: Memory };
  const functions: Partial<Record<string, (...values: number[]) => void>> = {};
  for (const [name, value] of Object.entries(others)) {
    if (typeof value === "function") functions[name] = value as (...values: number[]) => void;
  }
  const run = functions as AugmentKernels["run"];
  return { memory, run, views: viewsOf(memory, run) };
}

function viewsOf({ buffer }: Memory, run: AugmentKernels["run"]): AugmentKernels {
  return {
    run,
    bytes: new Uint8Array(buffer),
    shorts: new Int16Array(buffer),
    integers: new Int32Array(buffer),
    words: new Uint32Array(buffer),
    floats: new Float32Array(buffer),
  };
}

function notBuilt(cause: unknown): EosinError {
  return new EosinError({
    code: "PLUGIN_NOT_BUILT",
    message: "The kernels that augment samples are not there.",
    expected: "dist/kernels.wasm in the package @eosin/plugins-data",
    found: messageOf(cause),
    next: "pnpm --filter @eosin/plugins-data build",
    cause,
  });
}

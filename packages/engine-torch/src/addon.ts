import { createRequire } from "node:module";

declare const handleBrand: unique symbol;
/** A tensor of libtorch's, known by a number that is never used again for another one. */
export type Handle = number & { readonly [handleBrand]: true };

/** As libtorch names them, with their sizes. */
export type ElementType = "bool" | "uint8" | "int32" | "int64" | "bfloat16" | "float32" | "float64";

export type Operand = Handle | number | string | boolean | null | undefined | readonly Operand[];
/** Arguments in the order of the operator's schema; those left out take their defaults. */
export type Operator = (...operands: readonly Operand[]) => Handle | readonly Handle[];

export interface GpuDescription {
  readonly name: string;
  /** Bytes; absent where the addon was built without CUDA's headers. */
  readonly memory?: number;
}

/** Bytes; absent on a GPU where the addon was built without CUDA's headers. */
export interface MemoryUse {
  /** Of tensors, now. */
  readonly bytes?: number;
  /** The most so far. */
  readonly peakBytes?: number;
  /** Taken from the device, what is kept for later tensors included. */
  readonly reservedBytes?: number;
}

/** A CUDA graph: kernels that are recorded once, with memory of their own, and launched together from then on. */
export interface Graph {
  /** From here on kernels are recorded in the place of being launched. Nothing may wait for the GPU until the end. */
  begin(): void;
  /** @throws Error where something could not be recorded; kernels are launched again all the same. */
  end(): void;
  /** Ends a recording that is not wanted any more. */
  abandon(): void;
  /** What was recorded runs on what now is where it read, and writes where it wrote. */
  replay(): void;
  dispose(): void;
}

/** What the native side gives: every function throws an Error with libtorch's words, the operator's name and the shapes. */
export interface Addon {
  /** @param name e.g. `aten::add.Tensor`. @returns null where this libtorch has none of that name. */
  findOperator(name: string): Operator | null;
  /** Copies. 8-bit data crosses as it is and is converted on the device. */
  upload(data: ArrayBufferView, shape: readonly number[], type: ElementType, device: string): Handle;
  /** Overwrites in place; to a GPU without waiting for it. */
  write(handle: Handle, data: ArrayBufferView): void;
  /** Row-major; bfloat16 arrives as float32, 64-bit integers as 32-bit ones. */
  read(handle: Handle): Float32Array | Int32Array | Uint8Array;
  dispose(handle: Handle): void;
  shape(handle: Handle): number[];
  /** @returns The places in two lists of the same length where the strides of one are not those of the other. */
  otherwiseLaid(handles: readonly Handle[], others: readonly Handle[]): number[];
  dtype(handle: Handle): ElementType;
  /** How many tensors (views and what autograd keeps among them) share the memory. */
  sharers(handle: Handle): number;
  /** Where their data begins in memory. */
  addresses(handles: readonly Handle[]): number[];
  requiresGrad(handle: Handle): boolean;
  /** What is made until `endScope` is freed there, but for what is kept: that belongs to the scope around it. */
  beginScope(): void;
  endScope(keep: readonly Handle[]): void;
  /** @returns What it was before. */
  setGradEnabled(on: boolean): boolean;
  /** Makes them leaves of the graph that operators record. */
  setRequiresGrad(handles: readonly Handle[], on: boolean): void;
  /**
   * @param seed A tensor of one value.
   * @returns seed · ∂loss/∂input for each input, null where the loss does not depend on it. The recorded graph is gone then.
   */
  gradients(loss: Handle, inputs: readonly Handle[], seed: Handle): (Handle | null)[];
  setThreads(count: number): void;
  /** What tensors on the CPU may take together, in bytes. */
  limitMemory(bytes: number): void;
  /** @param device `cpu` unless said. `tensors` counts handles, whatever device they are on. */
  memory(device?: string): MemoryUse & { readonly tensors: number };
  /** Null where this addon records none: it needs CUDA's headers when it is built, and libtorch 2.4 or newer. */
  readonly Graph: (new (device: string) => Graph) | null;
  about(): {
    readonly version: string;
    readonly cuda: boolean;
    readonly devices: readonly GpuDescription[];
    /** Whether there is `Graph`. */
    readonly graphs: boolean;
    /** Whether the compiler was told of bfloat16 instructions. */
    readonly bf16: boolean;
    readonly threads: number;
  };
}

const require = createRequire(import.meta.url);

/** @throws Error where the file or a library that it needs cannot be loaded. */
export function loadAddon(file: string): Addon {
  return require(file) as Addon;
}

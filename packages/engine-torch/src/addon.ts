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
  readonly memory: number;
}

/** What the native side gives: every function throws an Error with libtorch's words, the operator's name and the shapes. */
export interface Addon {
  /** @param name e.g. `aten::add.Tensor`. @returns null where this libtorch has none of that name. */
  findOperator(name: string): Operator | null;
  /** Copies. 8-bit data crosses as it is and is converted on the device. */
  upload(data: ArrayBufferView, shape: readonly number[], type: ElementType, device: string): Handle;
  /** Overwrites in place. */
  write(handle: Handle, data: ArrayBufferView): void;
  /** Row-major; bfloat16 arrives as float32, 64-bit integers as 32-bit ones. */
  read(handle: Handle): Float32Array | Int32Array | Uint8Array;
  dispose(handle: Handle): void;
  shape(handle: Handle): number[];
  strides(handle: Handle): number[];
  dtype(handle: Handle): ElementType;
  /** How many tensors (views and what autograd keeps among them) share the memory. */
  sharers(handle: Handle): number;
  requiresGrad(handle: Handle): boolean;
  /** What is made until `endScope` is freed there, but for what is kept: that belongs to the scope around it. */
  beginScope(): void;
  endScope(keep: readonly Handle[]): void;
  /** @returns What it was before. */
  setGradEnabled(on: boolean): boolean;
  /** Makes them leaves of the graph that operators record. */
  setRequiresGrad(handles: readonly Handle[], on: boolean): void;
  /** @returns seed · ∂loss/∂input for each input, null where the loss does not depend on it. The recorded graph is gone then. */
  gradients(loss: Handle, inputs: readonly Handle[], seed: number): (Handle | null)[];
  setThreads(count: number): void;
  /** What tensors on the CPU may take together, in bytes. */
  limitMemory(bytes: number): void;
  memory(): { readonly tensors: number; readonly bytes: number; readonly peakBytes: number };
  about(): {
    readonly version: string;
    readonly cuda: boolean;
    readonly devices: readonly GpuDescription[];
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

import type { Tf } from "@eosin/plugin-api/learning";
import type { BackendValues, DataType, KernelBackend, TensorInfo } from "@tensorflow/tfjs-core";
import type { ElementType, Handle } from "./addon.js";
import type { Libtorch } from "./libtorch.js";

/** A tensor that is computed only where someone wants it whole. */
export interface Deferred {
  /** What it would be made of. Freed with it. */
  readonly parts: readonly Handle[];
  compute(): Handle;
}

/** What stands behind one of tfjs's data ids. */
export interface DataEntry {
  handle: Handle | undefined;
  deferred: Deferred | undefined;
  references: number;
}

/** tfjs's storage over libtorch's tensors. tfjs sees float32 where the storage is bfloat16. */
export interface TorchBackend extends KernelBackend {
  readonly torch: Libtorch;
  /** Convolutions and elementwise results are kept as bfloat16. */
  readonly half: boolean;
  entry(tensor: TensorInfo): DataEntry;
  /** The tensor's values, computed now where they were deferred. */
  value(tensor: TensorInfo): Handle;
  /** Takes the handle over. @param shape As tfjs is to see it; the tensor's own without it. */
  output(handle: Handle, dtype: DataType, shape?: readonly number[]): TensorInfo;
  defer(deferred: Deferred, shape: readonly number[]): TensorInfo;
  /** The same data under another name. */
  share(tensor: TensorInfo): TensorInfo;
  /** Frees what `kernel` leaves behind, but for what tfjs knows of. */
  scoped<Result>(kernel: () => Result): Result;
}

export function createTorchBackend(tf: Tf, torch: Libtorch, half: boolean): TorchBackend {
  const { addon } = torch;
  const entries = new Map<object, DataEntry>();
  /** While a kernel runs: what outlives it. */
  let kept: Handle[] | undefined;
  const store = (handle: Handle, references = 1): DataEntry => {
    kept?.push(handle);
    return made({ handle, deferred: undefined, references });
  };
  const made = (entry: DataEntry): DataEntry => {
    torch.observer?.make(entry);
    return entry;
  };

  class Torch extends tf.KernelBackend implements TorchBackend {
    readonly torch = torch;
    readonly half = half;

    entry(tensor: TensorInfo): DataEntry {
      const { dataId } = tensor;
      let entry = entries.get(dataId);
      if (!entry && tf.engine().state.tensorInfo.has(dataId)) {
        // The data is another back end's: tfjs moves it here.
        const { moveData } = tf.engine() as unknown as { moveData(to: KernelBackend, dataId: object): void };
        moveData.call(tf.engine(), this, dataId);
        entry = entries.get(dataId);
      }
      if (!entry) throw new Error("a tensor was used after it had been disposed");
      torch.observer?.use(tensor, entry);
      return entry;
    }

    value(tensor: TensorInfo): Handle {
      const entry = this.entry(tensor);
      if (entry.handle === undefined) {
        const { deferred } = entry;
        if (!deferred) throw new Error("a tensor was used after it had been disposed");
        entry.handle = deferred.compute();
        kept?.push(entry.handle);
      }
      return entry.handle;
    }

    output(handle: Handle, dtype: DataType, shape: readonly number[] = addon.shape(handle)): TensorInfo {
      const dataId = {};
      entries.set(dataId, store(handle));
      return { dataId, shape: shape as number[], dtype };
    }

    defer(deferred: Deferred, shape: readonly number[]): TensorInfo {
      const dataId = {};
      kept?.push(...deferred.parts);
      entries.set(dataId, made({ handle: undefined, deferred, references: 1 }));
      return { dataId, shape: shape as number[], dtype: "float32" };
    }

    share(tensor: TensorInfo): TensorInfo {
      this.entry(tensor).references++;
      return { dataId: tensor.dataId, shape: tensor.shape, dtype: tensor.dtype };
    }

    scoped<Result>(kernel: () => Result): Result {
      // A kernel that runs others is one scope.
      if (kept) return kernel();
      kept = [];
      addon.beginScope();
      try {
        return kernel();
      } finally {
        addon.endScope(kept);
        kept = undefined;
      }
    }

    override write(values: BackendValues, shape: number[], dtype: DataType): object {
      const dataId = {};
      this.move(dataId, values, shape, dtype, 1);
      return dataId;
    }

    override move(dataId: object, values: BackendValues, shape: number[], dtype: DataType, references: number): void {
      const handle = torch.upload(typedArray(values, dtype), shape, elementTypeOf(dtype));
      entries.set(dataId, store(handle, references));
    }

    override incRef(dataId: object): void {
      const entry = entries.get(dataId);
      if (entry) entry.references++;
    }

    /** Counts views too, since what is written in place shows in them. */
    override refCount(dataId: object): number {
      const entry = entries.get(dataId);
      if (!entry) return 0;
      if (entry.handle === undefined) return entry.references;
      return Math.max(entry.references, addon.sharers(entry.handle));
    }

    override disposeData(dataId: object, force = false): boolean {
      const entry = entries.get(dataId);
      if (!entry) return true;
      if (force) entry.references = 1;
      if (!release(entry)) return false;
      entries.delete(dataId);
      return true;
    }

    override readSync(dataId: object): BackendValues {
      const entry = entries.get(dataId);
      if (!entry) throw new Error("a tensor was read after it had been disposed");
      const handle = this.value({ dataId } as TensorInfo);
      return torch.read(handle);
    }

    override async read(dataId: object): Promise<BackendValues> {
      return this.readSync(dataId);
    }

    override numDataIds(): number {
      return entries.size;
    }

    override floatPrecision(): 32 {
      return 32;
    }

    override memory(): { unreliable: boolean } {
      return { unreliable: false };
    }

    override async time(compute: () => void): Promise<{ kernelMs: number }> {
      const begin = performance.now();
      compute();
      return { kernelMs: performance.now() - begin };
    }

    override dispose(): void {
      for (const { handle } of entries.values()) if (handle !== undefined) addon.dispose(handle);
      entries.clear();
    }
  }

  /** @returns Whether it was the last reference. */
  function release(entry: DataEntry): boolean {
    if (--entry.references > 0) return false;
    if (entry.handle !== undefined) addon.dispose(entry.handle);
    for (const part of entry.deferred?.parts ?? []) addon.dispose(part);
    entry.handle = undefined;
    entry.deferred = undefined;
    return true;
  }
  return new Torch();
}

export function elementTypeOf(dtype: DataType): ElementType {
  if (dtype === "float32" || dtype === "int32" || dtype === "bool") return dtype;
  throw new Error(`the engine torch has no tensors of ${dtype}`);
}

function typedArray(values: BackendValues, dtype: DataType): ArrayBufferView {
  if (ArrayBuffer.isView(values)) return values;
  const numbers = values as unknown as ArrayLike<number>;
  if (dtype === "float32") return Float32Array.from(numbers);
  return dtype === "int32" ? Int32Array.from(numbers) : Uint8Array.from(numbers);
}

import { type HostedBackend, hostedBackend } from "@eosin/engine-kit";
import type { Tf } from "@eosin/plugin-api/learning";
import type { BackendValues, DataType, KernelBackend, TensorInfo } from "@tensorflow/tfjs-core";
import type { ElementType, Handle } from "./addon.js";
import type { DataEntry, Deferred } from "./data-entry.js";
import { DisposedTensorError } from "./disposed-tensor-error.js";
import type { Libtorch } from "./libtorch.js";

/** tfjs's storage over libtorch's tensors. tfjs sees float32 where the storage is bfloat16. */
export interface TorchBackend extends HostedBackend<DataEntry> {
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
  const Base = hostedBackend<DataEntry>(tf, (entry) => {
    if (entry.handle !== undefined) addon.dispose(entry.handle);
    for (const part of entry.deferred?.parts ?? []) addon.dispose(part);
    entry.handle = undefined;
    entry.deferred = undefined;
  });

  class Torch extends Base implements TorchBackend {
    readonly torch = torch;
    readonly half = half;

    entry(tensor: TensorInfo): DataEntry {
      const { dataId } = tensor;
      let entry = this.entries.get(dataId);
      if (!entry && tf.engine().state.tensorInfo.has(dataId)) {
        // The data is another back end's: tfjs moves it here.
        const { moveData } = tf.engine() as unknown as { moveData(to: KernelBackend, dataId: object): void };
        moveData.call(tf.engine(), this, dataId);
        entry = this.entries.get(dataId);
      }
      if (!entry) throw new DisposedTensorError("used");
      torch.observer?.use(tensor, entry);
      return entry;
    }

    value(tensor: TensorInfo): Handle {
      const entry = this.entry(tensor);
      if (entry.handle === undefined) {
        const { deferred } = entry;
        if (!deferred) throw new DisposedTensorError("used");
        entry.handle = deferred.compute();
        kept?.push(entry.handle);
      }
      return entry.handle;
    }

    output(handle: Handle, dtype: DataType, shape: readonly number[] = addon.shape(handle)): TensorInfo {
      const dataId = {};
      this.entries.set(dataId, store(handle));
      return { dataId, shape: shape as number[], dtype };
    }

    defer(deferred: Deferred, shape: readonly number[]): TensorInfo {
      const dataId = {};
      kept?.push(...deferred.parts);
      this.entries.set(dataId, made({ handle: undefined, deferred, references: 1 }));
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

    override move(dataId: object, values: BackendValues, shape: number[], dtype: DataType, references: number): void {
      const handle = torch.upload(typedArray(values, dtype), shape, elementTypeOf(dtype));
      this.entries.set(dataId, store(handle, references));
    }

    /** Counts views too, since what is written in place shows in them. */
    override refCount(dataId: object): number {
      const entry = this.entries.get(dataId);
      if (!entry) return 0;
      if (entry.handle === undefined) return entry.references;
      return Math.max(entry.references, addon.sharers(entry.handle));
    }

    override readSync(dataId: object): BackendValues {
      const entry = this.entries.get(dataId);
      if (!entry) throw new DisposedTensorError("read");
      const handle = this.value({ dataId } as TensorInfo);
      return torch.read(handle);
    }
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

import { EosinError } from "@eosin/plugin-api";
import type { Tf } from "@eosin/plugin-api/learning";
import type { BackendValues, DataType, KernelBackend, TensorInfo } from "@tensorflow/tfjs-core";
import type { Ledger } from "./ledger.js";

/** A tfjs back end without values. */
export interface ShapeBackend extends KernelBackend {
  readonly ledger: Ledger;
  output(shape: readonly number[], dtype?: DataType): TensorInfo;
  /** The same data under another shape. */
  view(tensor: TensorInfo, shape: readonly number[]): TensorInfo;
}

interface Entry {
  readonly bytes: number;
  readonly scalarType: DataType | undefined;
  references: number;
}

export function createShapeBackend(tf: Tf, ledger: Ledger): ShapeBackend {
  const entries = new Map<object, Entry>();

  class Shapes extends tf.KernelBackend implements ShapeBackend {
    readonly ledger = ledger;

    output(shape: readonly number[], dtype: DataType = "float32"): TensorInfo {
      return { dataId: this.write(null as unknown as BackendValues, [...shape], dtype), shape: [...shape], dtype };
    }

    view(tensor: TensorInfo, shape: readonly number[]): TensorInfo {
      // The data may be another back end's, where a network of that engine is run on shapes alone.
      const owner = tf.engine().state.tensorInfo.get(tensor.dataId)?.backend ?? this;
      owner.incRef(tensor.dataId);
      return { dataId: tensor.dataId, shape: [...shape], dtype: tensor.dtype };
    }

    override write(_values: BackendValues, shape: number[], dtype: DataType): object {
      const dataId = {};
      this.move(dataId, null as unknown as BackendValues, shape, dtype, 1);
      return dataId;
    }

    override move(dataId: object, _values: BackendValues, shape: number[], dtype: DataType, references: number): void {
      const size = tf.util.sizeFromShape(shape);
      const bytes = size * tf.util.bytesPerElement(dtype);
      entries.set(dataId, { bytes, scalarType: size === 1 ? dtype : undefined, references });
      ledger.allocate(bytes);
    }

    override incRef(dataId: object): void {
      const entry = entries.get(dataId);
      if (entry) entry.references++;
    }

    override refCount(dataId: object): number {
      return entries.get(dataId)?.references ?? 0;
    }

    override disposeData(dataId: object, force = false): boolean {
      const entry = entries.get(dataId);
      if (!entry) return true;
      entry.references--;
      if (!force && entry.references > 0) return false;
      ledger.free(entry.bytes);
      entries.delete(dataId);
      return true;
    }

    override readSync(dataId: object): BackendValues {
      const scalarType = entries.get(dataId)?.scalarType;
      if (!scalarType) {
        throw new EosinError({
          code: "SHAPES_HAVE_NO_VALUES",
          message: "A tensor was read that the shape engine made: it knows shapes, no values.",
          next: "Open the engine after the estimate, and build the network anew on it.",
        });
      }
      return scalarType === "float32" ? new Float32Array(1) : new Int32Array(1);
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
      compute();
      return { kernelMs: 0 };
    }

    override dispose(): void {
      entries.clear();
    }
  }
  return new Shapes();
}

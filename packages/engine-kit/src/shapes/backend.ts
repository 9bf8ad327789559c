import { EosinError } from "@eosin/plugin-api";
import type { Tf } from "@eosin/plugin-api/learning";
import type { BackendValues, DataType, TensorInfo } from "@tensorflow/tfjs-core";
import { type HostedBackend, type HostedData, hostedBackend } from "../hosted-backend.js";
import type { Ledger } from "./ledger.js";

interface Entry extends HostedData {
  readonly bytes: number;
  readonly scalarType: DataType | undefined;
}

/** A tfjs back end without values. */
export interface ShapeBackend extends HostedBackend<Entry> {
  readonly ledger: Ledger;
  output(shape: readonly number[], dtype?: DataType): TensorInfo;
  /** The same data under another shape. */
  view(tensor: TensorInfo, shape: readonly number[]): TensorInfo;
}

export function createShapeBackend(tf: Tf, ledger: Ledger): ShapeBackend {
  const Base = hostedBackend<Entry>(tf, ({ bytes }) => ledger.free(bytes));

  class Shapes extends Base implements ShapeBackend {
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

    override move(dataId: object, _values: BackendValues, shape: number[], dtype: DataType, references: number): void {
      const size = tf.util.sizeFromShape(shape);
      const bytes = size * tf.util.bytesPerElement(dtype);
      this.entries.set(dataId, { bytes, scalarType: size === 1 ? dtype : undefined, references });
      ledger.allocate(bytes);
    }

    override readSync(dataId: object): BackendValues {
      const scalarType = this.entries.get(dataId)?.scalarType;
      if (!scalarType) {
        throw new EosinError({
          code: "SHAPES_HAVE_NO_VALUES",
          message: "A tensor was read that the shape engine made: it knows shapes, no values.",
          next: "Open the engine after the estimate, and build the network again on it.",
        });
      }
      return scalarType === "float32" ? new Float32Array(1) : new Int32Array(1);
    }
  }
  return new Shapes();
}

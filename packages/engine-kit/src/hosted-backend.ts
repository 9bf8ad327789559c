import type { Tf } from "@eosin/plugin-api/learning";
import type { BackendValues, DataType, KernelBackend } from "@tensorflow/tfjs-core";

/** What a back end keeps behind one of tfjs's data ids. */
export interface HostedData {
  /** Of tensors that share it. */
  references: number;
}

/** A tfjs back end of our own: the part that all of them have. What makes and reads data is left to each. */
export interface HostedBackend<Data extends HostedData> extends KernelBackend {
  /** By tfjs's data ids. */
  readonly entries: Map<object, Data>;
}

/** @param free Frees what is behind data that nobody refers to any more. */
export function hostedBackend<Data extends HostedData>(
  tf: Tf,
  free: (data: Data) => void,
): new () => HostedBackend<Data> {
  return class extends tf.KernelBackend implements HostedBackend<Data> {
    readonly entries = new Map<object, Data>();

    override write(values: BackendValues, shape: number[], dtype: DataType): object {
      const dataId = {};
      this.move(dataId, values, shape, dtype, 1);
      return dataId;
    }

    override async read(dataId: object): Promise<BackendValues> {
      return this.readSync(dataId);
    }

    override incRef(dataId: object): void {
      const entry = this.entries.get(dataId);
      if (entry) entry.references++;
    }

    override refCount(dataId: object): number {
      return this.entries.get(dataId)?.references ?? 0;
    }

    override disposeData(dataId: object, force = false): boolean {
      const entry = this.entries.get(dataId);
      if (!entry) return true;
      entry.references = force ? 0 : entry.references - 1;
      if (entry.references > 0) return false;
      free(entry);
      this.entries.delete(dataId);
      return true;
    }

    override numDataIds(): number {
      return this.entries.size;
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
      for (const entry of this.entries.values()) free(entry);
      this.entries.clear();
    }
  };
}

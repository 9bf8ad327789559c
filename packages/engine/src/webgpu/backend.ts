import { EosinError } from "@eosin/plugin-api";
import type { Tf } from "@eosin/plugin-api/learning";
import type { GpuDevice } from "./dawn.js";

/** What is used of tfjs's `WebGPUBackend`. */
export interface WebgpuBackend {
  read(dataId: object): Promise<unknown>;
  readSync(dataId: object): unknown;
  incRef(dataId: object): void;
  /** @returns Whether it was the last reference. */
  disposeData(dataId: object): boolean;
  readonly tensorMap: { get(dataId: object): { readonly values?: unknown } };
}

/** In tfjs, but not in its types. */
interface EngineInternals {
  removeDataId(dataId: object, backend: WebgpuBackend): void;
}

/**
 * Corrects what the stock back end does otherwise than the other ones:
 * - a tensor may be freed while it is being read, as gradients are after an update;
 * - the GPU's errors (memory, validation) are printed at best, and the numbers are wrong: here the next read throws;
 * - Dawn can't read in step with the program: what the stock back end would do through a canvas is refused by name.
 */
export function mendReads(tf: Tf, backend: WebgpuBackend, device: GpuDevice): void {
  let fault: string | undefined;
  device.addEventListener("uncapturederror", ({ error }) => {
    fault ??= error.message;
  });
  device.lost.then(({ reason, message }) => {
    if (reason !== "destroyed") fault ??= `the GPU was lost: ${message}`;
  });

  const read = backend.read.bind(backend);
  backend.read = async (dataId) => {
    backend.incRef(dataId);
    try {
      const values = await read(dataId);
      if (fault) throw gpuFault(fault);
      return values;
    } catch (error) {
      throw fault ? gpuFault(fault) : error;
    } finally {
      if (backend.disposeData(dataId)) (tf.engine() as unknown as EngineInternals).removeDataId(dataId, backend);
    }
  };

  const readSync = backend.readSync.bind(backend);
  backend.readSync = (dataId) => {
    if (backend.tensorMap.get(dataId).values) return readSync(dataId);
    throw new EosinError({
      code: "ENGINE_READS_LATER",
      message: "The engine webgpu can't read a tensor at once.",
      expected: "await tensor.data()",
      found: "tensor.dataSync() or tensor.arraySync()",
      next: "Change the plugin, or choose another engine: pipe doctor",
    });
  };
}

function gpuFault(message: string): EosinError {
  return new EosinError({
    code: "ENGINE_FAILED",
    message: `The GPU reported an error, so that the engine webgpu's results would be wrong: ${message.trim()}`,
    next: "Where it is about memory: a smaller batch, or smaller micro-batches. Otherwise choose another engine: pipe doctor",
  });
}

import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { ElementType, Handle } from "./addon.js";
import type { DataEntry } from "./data-entry.js";

/** Hears what a pass does, where it is to be captured once and replayed from then on. */
export interface PassObserver {
  /** A kernel is called. */
  kernel(name: string, attrs: unknown): void;
  /** Values come from the host. @returns Their tensor, where there is one already. */
  upload(data: ArrayBufferView, shape: readonly number[], type: ElementType): Handle | undefined;
  /** A tensor's data is asked for. */
  use(tensor: TensorInfo, entry: DataEntry): void;
  /** A kernel, or an upload, made data. */
  make(entry: DataEntry): void;
  /** Something happens that a replay would not do again. @throws Error where the pass is being captured. */
  once(what: string): void;
}

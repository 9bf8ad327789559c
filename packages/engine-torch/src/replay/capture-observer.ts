import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { ElementType, Handle } from "../addon.js";
import type { DataEntry } from "../data-entry.js";
import type { KernelContext } from "../kernels/kernel.js";
import type { PassObserver } from "../pass-observer.js";
import { callText, keepsMore, type PassRecord, sameConstant } from "./pass-record.js";

/**
 * Watches over a pass that is being captured: it must do what its record says, and nothing that a replay would not do
 * again. Values from the host are on the device already: a copy would be replayed from memory that is gone.
 */
export class CaptureObserver implements PassObserver {
  readonly #context: KernelContext;
  readonly #record: PassRecord;
  readonly #constants: readonly Handle[];
  readonly #inputs: ReadonlySet<DataEntry>;
  readonly #made = new Set<DataEntry>();
  #call = 0;
  #constant = 0;

  /** @param constants Those of the record, uploaded. */
  constructor(context: KernelContext, record: PassRecord, constants: readonly Handle[], inputs: readonly TensorInfo[]) {
    this.#context = context;
    this.#record = record;
    this.#constants = constants;
    this.#inputs = new Set(inputs.map((tensor) => context.backend.entry(tensor)));
  }

  kernel(name: string, attrs: unknown): void {
    const [text, expected] = [callText(name, attrs), this.#record.calls[this.#call++]];
    if (text !== expected) throw new Error(`the pass called ${text} where it called ${expected ?? "nothing"} before`);
  }

  upload(data: ArrayBufferView, shape: readonly number[], type: ElementType): Handle {
    const index = this.#constant++;
    const expected = this.#record.constants[index];
    if (!expected || !sameConstant(expected, { data, shape, type })) {
      throw new Error("the pass computed with another number than before");
    }
    return this.#context.torch.call("alias", this.#constants[index]);
  }

  use(_: TensorInfo, entry: DataEntry): void {
    if (this.#inputs.has(entry) || this.#made.has(entry) || this.#record.isOutside(entry)) return;
    throw new Error("the pass read a tensor that it did not read before");
  }

  make(entry: DataEntry): void {
    this.#made.add(entry);
  }

  once(what: string): never {
    throw new Error(what);
  }

  /** @throws Error where the pass did less than its record, or keeps more than its results. */
  end(results: readonly TensorInfo[]): void {
    if (this.#call !== this.#record.calls.length || this.#constant !== this.#record.constants.length) {
      throw new Error("the pass ended earlier than before");
    }
    if (keepsMore(this.#made, this.#context, results)) throw new Error("the objective keeps tensors of the pass");
  }
}

import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { ElementType, Handle } from "../addon.js";
import type { DataEntry } from "../data-entry.js";
import type { KernelContext } from "../kernels/kernel.js";
import type { PassObserver } from "../pass-observer.js";

/** Values that a pass takes from the host: numbers in its formulas, places that a kernel gathers from. */
export interface Constant {
  /** A copy. */
  readonly data: ArrayBufferView;
  readonly shape: readonly number[];
  readonly type: ElementType;
}

/** A tensor that was there before the pass: a weight, a fixed factor. A captured pass reads it where it was then. */
interface Outside {
  readonly tensor: TensorInfo;
  readonly dataId: object;
  readonly entry: DataEntry;
  readonly handle: Handle;
}

/**
 * What one forward pass did, call by call. Only a pass that does the same each time may be replayed; whether it does is
 * seen by comparing two records.
 */
export class PassRecord implements PassObserver {
  readonly calls: string[] = [];
  readonly constants: Constant[] = [];
  readonly #context: KernelContext;
  readonly #inputs: ReadonlySet<DataEntry>;
  readonly #outside = new Map<DataEntry, Outside>();
  readonly #made = new Set<DataEntry>();
  #addresses: readonly number[] = [];
  #unrepeatable: string | undefined;

  constructor(context: KernelContext, inputs: readonly TensorInfo[]) {
    this.#context = context;
    this.#inputs = new Set(inputs.map((tensor) => context.backend.entry(tensor)));
  }

  kernel(name: string, attrs: unknown): void {
    this.calls.push(callText(name, attrs));
  }

  upload(data: ArrayBufferView, shape: readonly number[], type: ElementType): undefined {
    this.constants.push({ data: (data as Float32Array).slice(), shape: [...shape], type });
  }

  use(tensor: TensorInfo, entry: DataEntry): void {
    if (this.#inputs.has(entry) || this.#made.has(entry) || this.#outside.has(entry)) return;
    if (entry.handle === undefined) this.once("a tensor from outside of the pass is computed in it");
    else this.#outside.set(entry, { tensor, dataId: tensor.dataId, entry, handle: entry.handle });
  }

  make(entry: DataEntry): void {
    this.#made.add(entry);
  }

  once(what: string): void {
    this.#unrepeatable ??= what;
  }

  isOutside(entry: DataEntry): boolean {
    return this.#outside.has(entry);
  }

  /**
   * Ends the record, when the pass is over and before anything else is computed.
   * @param results What the pass made that may live on.
   * @returns Why a pass that did this cannot be replayed.
   */
  end(results: readonly TensorInfo[]): string | undefined {
    this.#addresses = this.#addressesNow();
    if (keepsMore(this.#made, this.#context, results)) this.once("the objective keeps tensors of the pass");
    this.#made.clear();
    return this.#unrepeatable;
  }

  /** @returns What this pass did otherwise than an earlier one. */
  differsFrom(earlier: PassRecord): string | undefined {
    const call = firstDifference(this.calls, earlier.calls, Object.is);
    if (call >= 0)
      return `it calls ${this.calls[call] ?? "nothing"} after ${earlier.calls[call] ?? "nothing"} the time before`;
    if (firstDifference(this.constants, earlier.constants, sameConstant) >= 0) {
      return "a number that the objective computes with is another one each time";
    }
    const [now, before] = [this, earlier].map((each) => [...each.#outside.values()]);
    if (
      firstDifference(now, before, sameOutside) >= 0 ||
      firstDifference(this.#addresses, earlier.#addresses, Object.is) >= 0
    ) {
      return "its variables are elsewhere in memory each time (Variable.assign moves them)";
    }
    return undefined;
  }

  /** Whether what the pass reads from outside is where it was when the record ended. */
  isStillInPlace(): boolean {
    const outside = [...this.#outside.values()];
    return outside.every(isInPlace) && firstDifference(this.#addressesNow(), this.#addresses, Object.is) < 0;
  }

  #addressesNow(): readonly number[] {
    const { addon } = this.#context.torch;
    const inPlace = [...this.#outside.values()].filter(isInPlace);
    return addon.addresses(inPlace.map(({ handle }) => handle));
  }
}

/** @param attrs Plain JSON but for numbers that JSON lacks. */
export function callText(name: string, attrs: unknown): string {
  const text = JSON.stringify(attrs ?? {}, (_, value) =>
    typeof value === "number" && !Number.isFinite(value) ? String(value) : value,
  );
  return `${name} ${text}`;
}

export function sameConstant(a: Constant, b: Constant): boolean {
  if (a.type !== b.type || a.shape.join() !== b.shape.join()) return false;
  return Buffer.from(a.data.buffer, a.data.byteOffset, a.data.byteLength).equals(
    Buffer.from(b.data.buffer, b.data.byteOffset, b.data.byteLength),
  );
}

/** Whether some of the data that a pass made lives on beside its results. */
export function keepsMore(
  made: ReadonlySet<DataEntry>,
  { backend }: KernelContext,
  results: readonly TensorInfo[],
): boolean {
  const expected = new Set(results.map((tensor) => backend.entry(tensor)));
  return [...made].some((entry) => entry.references > 0 && !expected.has(entry));
}

/** A variable that is assigned has other data. */
const isInPlace = ({ tensor, dataId, entry, handle }: Outside): boolean =>
  tensor.dataId === dataId && entry.references > 0 && entry.handle === handle;

const sameOutside = (a: Outside, b: Outside): boolean =>
  a.tensor === b.tensor && a.dataId === b.dataId && a.handle === b.handle;

/** @returns −1 where there is none. */
function firstDifference<T>(a: readonly T[], b: readonly T[], same: (a: T, b: T) => boolean): number {
  const length = Math.max(a.length, b.length);
  for (let i = 0; i < length; i++) if (i >= a.length || i >= b.length || !same(a[i], b[i])) return i;
  return -1;
}

import type { Addon, ElementType, Handle, Operand, Operator } from "./addon.js";
import type { PassObserver } from "./pass-observer.js";

/** libtorch's operators by name, on one device. */
export class Libtorch {
  readonly version: string;
  #observer: PassObserver | undefined;
  readonly #operators = new Map<string, Operator | null>();

  constructor(
    readonly addon: Addon,
    /** e.g. `cpu`, `cuda:0` */
    readonly device: string,
    /** Whether the addon's own operators are used, which know the CPU alone; else libtorch's are composed. */
    readonly fused = device === "cpu",
  ) {
    this.version = addon.about().version;
  }

  /** Runs a pass. @param observer Hears what happens in it: that it is watched or captured is known to the pass alone. */
  observed<Result>(observer: PassObserver | undefined, pass: () => Result): Result {
    const outer = this.#observer;
    this.#observer = observer;
    try {
      return pass();
    } finally {
      this.#observer = outer;
    }
  }

  /** Of the pass that runs, if there is one and it is observed: tfjs calls kernels without a word of the pass. */
  get observer(): PassObserver | undefined {
    return this.#observer;
  }

  /** Runs an operator that has one result. @param name Without the name space: `aten` is meant; else e.g. `eosin::adam_`. */
  call(name: string, ...operands: readonly Operand[]): Handle {
    return this.#operator(name)(...operands) as Handle;
  }

  /** Runs an operator that has several results, or a list of them. */
  calls(name: string, ...operands: readonly Operand[]): readonly Handle[] {
    return this.#operator(name)(...operands) as readonly Handle[];
  }

  /** A tensor of values of the host. */
  upload(data: ArrayBufferView, shape: readonly number[], type: ElementType): Handle {
    return this.#observer?.upload(data, shape, type) ?? this.addon.upload(data, shape, type, this.device);
  }

  /** A tensor's values, row-major. */
  read(handle: Handle): ReturnType<Addon["read"]> {
    this.#observer?.once("values are read back");
    return this.addon.read(handle);
  }

  /** The tensor itself where it is of the type. */
  to(value: Handle, type: ElementType): Handle {
    return this.addon.dtype(value) === type ? value : this.call("to.dtype", value, type);
  }

  /** A tensor of one value. */
  scalar(value: number, type: ElementType): Handle {
    return this.call("full", [], value, type, null, this.device);
  }

  zeros(shape: readonly number[], type: ElementType): Handle {
    return this.call("zeros", shape, type, null, this.device);
  }

  /** Whether this libtorch has the operator, for some device. */
  has(name: string): boolean {
    return this.#find(name) !== null;
  }

  #operator(name: string): Operator {
    const operator = this.#find(name);
    if (!operator) throw new Error(`libtorch ${this.version} has no operator ${name}`);
    return operator;
  }

  #find(name: string): Operator | null {
    let operator = this.#operators.get(name);
    if (operator === undefined) {
      operator = this.addon.findOperator(name.includes("::") ? name : `aten::${name}`);
      this.#operators.set(name, operator);
    }
    return operator;
  }
}

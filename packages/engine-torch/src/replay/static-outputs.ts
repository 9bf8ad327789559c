import { disposeAll, disposeMove, type RunningStatistics, type StatisticsMove } from "@eosin/engine-kit";
import type { DataType, Scalar, Tensor1D } from "@tensorflow/tfjs-core";
import type { Handle } from "../addon.js";
import type { KernelContext } from "../kernels/kernel.js";
import { laidLike } from "../laid-like.js";
import type { PassOutcome, TorchPass } from "../pass.js";
import { present } from "./outcome-distance.js";

interface ScalarPlace {
  readonly name: string;
  readonly dtype: DataType;
}

/**
 * Where a captured pass leaves its results. They are copied out behind each replay, since the next one, which may belong
 * to the same step, overwrites them.
 */
export class StaticOutputs {
  readonly #context: KernelContext;
  readonly #scalars: readonly ScalarPlace[];
  /** Indices of the variables that have a gradient. */
  readonly #differentiated: readonly number[];
  readonly #moves: readonly Omit<StatisticsMove, "mean" | "variance">[];
  /** Those of `flatten`. */
  #handles: readonly Handle[] = [];

  /** @param outcome Of the pass while it is captured. */
  constructor(context: KernelContext, outcome: PassOutcome, moves: readonly StatisticsMove[]) {
    this.#context = context;
    this.#scalars = Object.entries(outcome.scalars).map(([name, { dtype }]) => ({ name, dtype }));
    this.#differentiated = [...outcome.gradients.keys()].filter((index) => outcome.gradients[index] !== null);
    this.#moves = moves.map(({ mean: _mean, variance: _variance, ...rest }) => rest);
  }

  /**
   * The results in one list; what they came in is freed.
   * @returns Scalars, gradients (laid as their variables, so that one kernel updates many), means, variances.
   */
  static flatten(
    { torch, backend }: KernelContext,
    { variables }: TorchPass,
    { scalars, gradients }: PassOutcome,
    moves: readonly StatisticsMove[],
  ): readonly Handle[] {
    const own = (tensor: Scalar | Tensor1D) => torch.call("detach", backend.value(tensor));
    const found = present(gradients);
    const likes = variables.filter((_, index) => gradients[index] !== null).map((variable) => backend.value(variable));
    const laid = laidLike(torch, found, likes);
    for (const [index, gradient] of found.entries()) if (laid[index] !== gradient) torch.addon.dispose(gradient);
    const results = [
      ...Object.values(scalars).map(own),
      ...laid,
      ...moves.map(({ mean }) => own(mean)),
      ...moves.map(({ variance }) => own(variance)),
    ];
    disposeAll(Object.values(scalars));
    moves.forEach(disposeMove);
    return results;
  }

  /** Takes over what the capture left. */
  set handles(handles: readonly Handle[]) {
    this.#handles = handles;
  }

  /** What the last replay gave. Its moves of running statistics are held, as those of a pass are. */
  read({ variables }: TorchPass, statistics: RunningStatistics): PassOutcome {
    const { tf, backend } = this.#context;
    const [scalars, gradients, moments] = this.#copies();
    const tensorOf = (handle: Handle, dtype: DataType) =>
      tf.engine().makeTensorFromTensorInfo(backend.output(handle, dtype));
    const byVariable: (Handle | null)[] = variables.map(() => null);
    for (const [place, index] of this.#differentiated.entries()) byVariable[index] = gradients[place];
    for (const [place, move] of this.#moves.entries()) {
      const [mean, variance] = [moments[place], moments[place + this.#moves.length]].map(
        (handle) => tensorOf(handle, "float32") as Tensor1D,
      );
      statistics.move({ ...move, mean, variance });
    }
    const named = this.#scalars.map(({ name, dtype }, index) => [name, tensorOf(scalars[index], dtype) as Scalar]);
    return { scalars: Object.fromEntries(named), gradients: byVariable };
  }

  #copies(): readonly (readonly Handle[])[] {
    const { torch } = this.#context;
    const [first, second] = [this.#scalars.length, this.#scalars.length + this.#differentiated.length];
    const scalars = this.#handles.slice(0, first).map((handle) => torch.call("clone", handle));
    // Times one is a copy of many tensors in a few kernels.
    const copied = (handles: readonly Handle[]) =>
      handles.length === 0 ? [] : torch.calls("_foreach_mul.Scalar", handles, 1);
    return [scalars, copied(this.#handles.slice(first, second)), copied(this.#handles.slice(second))];
  }

  dispose(): void {
    for (const each of this.#handles) this.#context.torch.addon.dispose(each);
    this.#handles = [];
  }
}

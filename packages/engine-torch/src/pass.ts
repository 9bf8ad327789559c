import {
  batchSizeKey,
  computeScalars,
  disposeAll,
  disposeSaved,
  type EngineCore,
  ForgettingRecorder,
  type Liveness,
  LivenessRecorder,
  type StatisticsMove,
  type TapeNode,
  type TapeRecorder,
  watch,
  withShapes,
} from "@eosin/engine-kit";
import type { HostRecord, TrainingStepDefinition } from "@eosin/plugin-api/learning";
import type { Scalar, Tensor, Variable } from "@tensorflow/tfjs-core";
import type { Handle } from "./addon.js";
import { hasStrayed } from "./has-strayed.js";
import type { KernelContext } from "./kernels/kernel.js";
import type { PassObserver } from "./pass-observer.js";

type Scalars = { [name: string]: Scalar };

/** What one pass gives, beside the moves of running statistics, which are held. The caller's to free. */
export interface PassOutcome {
  /** The loss, and what is watched under `watch/…`; autograd records nothing of them any more. */
  readonly scalars: { readonly [name: string]: Scalar };
  /** In the order of the variables; null where the loss does not depend on one. */
  readonly gradients: readonly (Handle | null)[];
}

/** The tensors that a pass leaves: all that it made else is freed. */
export function resultsOf({ scalars }: PassOutcome, moves: readonly StatisticsMove[]): readonly Tensor[] {
  return [...Object.values(scalars), ...moves.flatMap(({ mean, variance }) => [mean, variance])];
}

/** What a pass runs on. */
export interface PassInputs {
  /** Makes the batch's tensors, in the order of its names. */
  upload(): readonly Tensor[];
  /** One value: the gradients are multiplied by it. */
  readonly seed: Handle;
  /** Hears what the forward pass does. Asked for again where the pass runs again. */
  observe?(inputs: readonly Tensor[]): PassObserver;
}

/**
 * Forward and backward over one micro-batch. libtorch records the forward pass as tfjs runs it, and computes the gradients
 * itself. What autograd need not keep is freed as soon as no kernel reads it any more, as it would be in a program whose
 * language counts references.
 */
export class TorchPass {
  readonly variables: readonly Variable[];
  readonly #core: EngineCore;
  readonly #context: KernelContext;
  readonly #definition: TrainingStepDefinition;
  readonly #livenessBySize = new Map<string, Liveness | undefined>();
  #hasCustomGradients = false;

  constructor(core: EngineCore, context: KernelContext, definition: TrainingStepDefinition) {
    this.#core = core;
    this.#context = context;
    this.#definition = definition;
    this.variables = [...definition.variables.values()];
  }

  /** Whether a pass was met with a `tf.customGrad` in it, which libtorch would look through. */
  get hasCustomGradients(): boolean {
    return this.#hasCustomGradients;
  }

  /** Learns when which tensor may be freed; once for each size of batch. */
  async prepare(batch: HostRecord): Promise<void> {
    const size = batchSizeKey(batch);
    if (this.#livenessBySize.has(size)) return;
    this.#livenessBySize.set(size, await withShapes(this.#core.tf, (upload) => this.#trace(batch, upload)));
  }

  /**
   * @param weight What the gradients are multiplied by.
   * @returns Nothing where the pass has gradients of its own (`hasCustomGradients`).
   */
  run(batch: HostRecord, weight: number, observe?: PassInputs["observe"]): PassOutcome | undefined {
    const { torch } = this.#context;
    const seed = torch.scalar(weight, "float32");
    const upload = () => Object.values(batch).map((each) => this.#core.upload(each));
    try {
      return this.on(batch, { upload, seed, observe });
    } finally {
      torch.addon.dispose(seed);
    }
  }

  /** The same on tensors that are given; the batch then only names them. */
  on(batch: HostRecord, inputs: PassInputs): PassOutcome | undefined {
    const { torch, backend } = this.#context;
    const { addon } = torch;
    const parameters = this.variables.map((variable) => backend.value(variable));
    addon.setRequiresGrad(parameters, true);
    let scalars: Scalars = {};
    const { held } = this.#core.statistics;
    try {
      scalars = this.#forwardFreeing(batch, inputs);
      if (this.#hasCustomGradients) {
        disposeAll(Object.values(scalars));
        this.#core.statistics.rollBack(held);
        return undefined;
      }
      const loss = backend.entry(scalars.loss);
      // What was recorded for scalars that are only watched goes before the backward pass needs memory.
      for (const each of Object.values(scalars)) if (backend.entry(each) !== loss) this.#detach(each);
      const value = backend.value(scalars.loss);
      const gradients = addon.requiresGrad(value)
        ? addon.gradients(value, parameters, inputs.seed)
        : parameters.map(() => null);
      this.#detach(scalars.loss);
      return { scalars, gradients };
    } catch (error) {
      disposeAll(Object.values(scalars));
      throw error;
    } finally {
      addon.setRequiresGrad(parameters, false);
    }
  }

  /** The forward pass on shapes alone: which kernel call reads each tensor last. */
  #trace(batch: HostRecord, upload: EngineCore["upload"]): Liveness | undefined {
    const { tf, statistics } = this.#core;
    const uploaded: Tensor[] = [];
    let scalars: Scalars = {};
    statistics.hold();
    try {
      for (const each of Object.values(batch)) uploaded.push(upload(each));
      const recorder = new LivenessRecorder(uploaded);
      scalars = watch(tf, recorder, () => this.#scalarsOf(batch, uploaded));
      return recorder.liveness(Object.values(scalars));
    } catch {
      // A kernel without a shape rule, or a fault that the real pass will meet again: it then frees at its end.
      return undefined;
    } finally {
      statistics.release(false);
      disposeAll([...Object.values(scalars), ...uploaded]);
    }
  }

  #scalarsOf(batch: HostRecord, uploaded: readonly Tensor[]): Scalars {
    const taken = uploaded.values();
    const given = { tf: this.#core.tf, upload: () => taken.next().value as Tensor };
    return computeScalars(given, this.#definition, batch);
  }

  #forward(batch: HostRecord, { upload, observe }: PassInputs, liveness: Liveness | undefined): Scalars {
    const { torch } = this.#context;
    const uploaded = upload();
    const inner = liveness ? new ForgettingRecorder(liveness, uploaded) : { push: disposeSaved };
    const before = torch.addon.setGradEnabled(true);
    try {
      return torch.observed(observe?.(uploaded), () =>
        watch(this.#core.tf, this.#noticingCustomGradients(inner), () => this.#scalarsOf(batch, uploaded)),
      );
    } finally {
      torch.addon.setGradEnabled(before);
      disposeAll(uploaded);
    }
  }

  /** Where the pass takes another course than on shapes, what it still needs may be gone: then it runs again, and frees at its end. */
  #forwardFreeing(batch: HostRecord, inputs: PassInputs): Scalars {
    const size = batchSizeKey(batch);
    const liveness = this.#livenessBySize.get(size);
    const { statistics } = this.#core;
    const { held } = statistics;
    try {
      return this.#forward(batch, inputs, liveness);
    } catch (error) {
      if (!liveness || !hasStrayed(error)) throw error;
      this.#livenessBySize.set(size, undefined);
      statistics.rollBack(held);
      return this.#forward(batch, inputs, undefined);
    }
  }

  /** libtorch would look through a `tf.customGrad`; tfjs records it as a kernel that nobody registered. */
  #noticingCustomGradients(recorder: TapeRecorder): TapeRecorder {
    const { tf } = this.#core;
    return {
      push: (node: TapeNode) => {
        this.#hasCustomGradients ||= !tf.getKernel(node.kernelName, tf.getBackend()) && !isClone(node);
        recorder.push(node);
      },
    };
  }

  /** Frees what autograd recorded for the scalar. */
  #detach(scalar: Scalar): void {
    const { torch, backend } = this.#context;
    const entry = backend.entry(scalar);
    if (entry.handle === undefined) return;
    const detached = torch.call("detach", entry.handle);
    torch.addon.dispose(entry.handle);
    entry.handle = detached;
  }
}

/** tfjs's tape calls a clone by the scope that it is made in. */
const isClone = ({ inputs, outputs: [y] }: TapeNode): boolean => inputs.x?.dataId === y.dataId;

import { disposeAll, type EngineCore } from "@eosin/engine-kit";
import type { HostRecord } from "@eosin/plugin-api/learning";
import type { Tensor } from "@tensorflow/tfjs-core";
import type { Handle } from "../addon.js";
import type { KernelContext } from "../kernels/kernel.js";
import { type PassOutcome, resultsOf, type TorchPass } from "../pass.js";
import { CaptureObserver } from "./capture-observer.js";
import type { GraphSupport, PassGraph } from "./graph-support.js";
import type { PassRecord } from "./pass-record.js";
import { StaticInputs } from "./static-inputs.js";
import { StaticOutputs } from "./static-outputs.js";

interface Parts {
  readonly core: EngineCore;
  readonly context: KernelContext;
  readonly pass: TorchPass;
}

/** Forward and backward over a batch of one size, captured: what thousands of launches did is one. */
export class CapturedPass {
  readonly #parts: Parts;
  readonly #record: PassRecord;
  readonly #graph: PassGraph;
  #constants: readonly Handle[] = [];
  #inputs: StaticInputs | undefined;
  #outputs: StaticOutputs | undefined;

  private constructor(parts: Parts, record: PassRecord, graph: PassGraph) {
    this.#parts = parts;
    this.#record = record;
    this.#graph = graph;
  }

  /**
   * @param record Of the same pass, just run: the capture must do the same.
   * @throws Error that says why the pass cannot be captured; nothing of the attempt is left then.
   */
  static capture(parts: Parts, graphs: GraphSupport, record: PassRecord, batch: HostRecord): CapturedPass {
    const captured = new CapturedPass(parts, record, graphs.create());
    try {
      const shortage = graphs.shortage();
      if (shortage !== undefined) throw new Error(shortage);
      captured.#capture(batch);
    } catch (error) {
      captured.dispose();
      throw error;
    }
    return captured;
  }

  /** Whether what the pass reads beside its batch is where it was: elsewhere a replay would not look. */
  get isInPlace(): boolean {
    return this.#record.isStillInPlace();
  }

  run(batch: HostRecord, weight: number): PassOutcome {
    const { pass, core } = this.#parts;
    if (!this.#inputs || !this.#outputs) throw new Error("the pass is not captured");
    this.#inputs.write(batch, weight);
    this.#graph.replay();
    return this.#outputs.read(pass, core.statistics);
  }

  dispose(): void {
    const { addon } = this.#parts.context.torch;
    this.#graph.dispose();
    this.#inputs?.dispose();
    this.#outputs?.dispose();
    for (const each of this.#constants) addon.dispose(each);
  }

  #capture(batch: HostRecord): void {
    const { addon, device } = this.#parts.context.torch;
    this.#constants = this.#record.constants.map(({ data, shape, type }) => addon.upload(data, shape, type, device));
    const inputs = new StaticInputs(this.#parts.context, batch);
    this.#inputs = inputs;
    let handles: readonly Handle[] = [];
    addon.beginScope();
    try {
      handles = this.#graph.capture(() => this.#body(batch, inputs));
    } finally {
      // Whatever a failure left goes with it.
      addon.endScope(handles);
    }
    this.#outputs!.handles = handles;
  }

  /** One pass over the static inputs. @returns Its results, flat. */
  #body(batch: HostRecord, inputs: StaticInputs): readonly Handle[] {
    const { core, context, pass } = this.#parts;
    const { statistics } = core;
    const { held } = statistics;
    let observer: CaptureObserver | undefined;
    try {
      const outcome = pass.on(batch, {
        upload: () => inputs.tensors(batch),
        seed: inputs.seed,
        observe: (tensors: readonly Tensor[]) => {
          if (observer) throw new Error("the pass took another course than on shapes alone");
          observer = new CaptureObserver(context, this.#record, this.#constants, tensors);
          return observer;
        },
      });
      if (!outcome) throw new Error("the pass has gradients of its own");
      const moves = statistics.since(held);
      try {
        observer?.end(resultsOf(outcome, moves));
      } catch (error) {
        disposeAll(Object.values(outcome.scalars));
        throw error;
      }
      this.#outputs ??= new StaticOutputs(context, outcome, moves);
      return StaticOutputs.flatten(context, pass, outcome, statistics.take(held));
    } catch (error) {
      statistics.rollBack(held);
      throw error;
    }
  }
}

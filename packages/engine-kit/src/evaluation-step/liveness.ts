import type { Tensor } from "@tensorflow/tfjs-core";
import { disposeSaved, type TapeNode, type TapeRecorder } from "../tape.js";
import { StrayedPassError } from "./strayed-pass-error.js";

/** When each tensor of a forward pass is read for the last time, by the order of kernel calls. */
export interface Liveness {
  readonly kernelNames: readonly string[];
  /** What nobody reads behind each call. */
  readonly deadAfter: readonly (readonly TensorKey[])[];
}

/** `call,output`: the same tensor in every run of the same forward pass. The batch counts as call −1. */
type TensorKey = string;

function* keyed(call: number, outputs: readonly Tensor[]): Generator<readonly [TensorKey, Tensor]> {
  for (const [output, tensor] of outputs.entries()) yield [`${call},${output}`, tensor];
}

const BATCH = -1;

/** Watches a forward pass; frees nothing but what was saved for a backward pass that never comes. */
export class LivenessRecorder implements TapeRecorder {
  readonly #kernelNames: string[] = [];
  readonly #born = new Map<Tensor, { readonly key: TensorKey; readonly call: number }>();
  readonly #lastRead = new Map<number, number>();

  constructor(batch: readonly Tensor[]) {
    this.#begin(BATCH, batch);
  }

  push(node: TapeNode): void {
    const call = this.#kernelNames.push(node.kernelName) - 1;
    for (const name in node.inputs) this.#lastRead.set(node.inputs[name].id, call);
    this.#begin(call, node.outputs);
    disposeSaved(node);
  }

  /** @param results What the forward pass returned: never dead. */
  liveness(results: readonly Tensor[]): Liveness {
    const kept = new Set(results);
    const deadAfter: TensorKey[][] = this.#kernelNames.map(() => []);
    for (const [tensor, { key, call }] of this.#born) {
      if (kept.has(tensor) || tensor.kept) continue;
      // tfjs saves an output for the gradient, a read, before it records the call that made it.
      const end = Math.max(call, this.#lastRead.get(tensor.id) ?? call);
      if (end >= 0) deadAfter[end].push(key);
    }
    return { kernelNames: this.#kernelNames, deadAfter };
  }

  #begin(call: number, outputs: readonly Tensor[]): void {
    for (const [key, tensor] of keyed(call, outputs)) this.#born.set(tensor, { key, call });
  }
}

/** Frees each tensor behind the call that reads it last. */
export class ForgettingRecorder implements TapeRecorder {
  readonly #liveness: Liveness;
  readonly #alive: Map<TensorKey, Tensor>;
  #call = 0;

  constructor(liveness: Liveness, batch: readonly Tensor[]) {
    this.#liveness = liveness;
    this.#alive = new Map(keyed(BATCH, batch));
  }

  /** @throws StrayedPassError where the pass calls other kernels than the one that was watched. */
  push(node: TapeNode): void {
    const call = this.#call++;
    disposeSaved(node);
    const expected = this.#liveness.kernelNames[call];
    if (node.kernelName !== expected) {
      throw new StrayedPassError(node.kernelName, expected);
    }
    for (const [key, tensor] of keyed(call, node.outputs)) this.#alive.set(key, tensor);
    for (const key of this.#liveness.deadAfter[call]) {
      const tensor = this.#alive.get(key);
      this.#alive.delete(key);
      if (tensor && !tensor.kept) tensor.dispose();
    }
  }
}

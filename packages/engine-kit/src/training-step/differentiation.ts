import type { HostRecord } from "@eosin/plugin-api/learning";
import type { Scalar, Tensor } from "@tensorflow/tfjs-core";
import type { GradientMap } from "./backward.js";

/** How one micro-batch's gradients are computed. */
export interface Differentiation {
  /** Before the first micro-batch of a size is differentiated, while no back end need be current. */
  prepare?(batch: HostRecord): Promise<void>;
  /**
   * Adds `weight` times the gradients of one micro-batch.
   * @returns The loss, and what is watched under `watch/…`; the caller's to free.
   */
  accumulate(batch: HostRecord, weight: number, gradients: GradientMap): { readonly [name: string]: Scalar };
  /** Frees what is kept from step to step. */
  dispose?(): void;
}

export function disposeAll(tensors: Iterable<Tensor>): void {
  for (const tensor of tensors) tensor.dispose();
}

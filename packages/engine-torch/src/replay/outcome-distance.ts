import type { StatisticsMove } from "@eosin/engine-kit";
import type { Handle } from "../addon.js";
import type { KernelContext } from "../kernels/kernel.js";
import type { PassOutcome } from "../pass.js";
import { disagreement } from "./disagreement.js";

/** All that a pass gives. */
export interface Results {
  readonly outcome: PassOutcome;
  readonly moves: readonly StatisticsMove[];
}

/**
 * How far a replay is from the pass that it stands for: the largest of its lists' `disagreement`, and of its scalars'
 * distances by the larger of 1 and the scalar.
 * @returns Nothing where a scalar of the pass is not a finite number: of such a pass nothing can be said.
 */
export function outcomeDistance({ torch, backend }: KernelContext, pass: Results, replay: Results): number | undefined {
  const numbers = ({ outcome }: Results) =>
    Object.values(outcome.scalars).map((scalar) => Number(torch.read(backend.value(scalar))[0]));
  const [scalars, replayed] = [numbers(pass), numbers(replay)];
  if (!scalars.every(Number.isFinite)) return undefined;
  // One that is next to nothing may be the difference of two that are not.
  const apart = scalars.map((scalar, index) => Math.abs(replayed[index] - scalar) / Math.max(1, Math.abs(scalar)));
  const lists: readonly ((of: Results) => readonly Handle[])[] = [
    ({ outcome }) => present(outcome.gradients),
    ({ moves }) => moves.map(({ mean }) => backend.value(mean)),
    ({ moves }) => moves.map(({ variance }) => backend.value(variance)),
  ];
  return Math.max(...apart, ...lists.map((of) => disagreement(torch, of(pass), of(replay))));
}

export const present = (gradients: readonly (Handle | null)[]): readonly Handle[] =>
  gradients.filter((gradient): gradient is Handle => gradient !== null);

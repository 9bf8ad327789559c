import { createRng } from "@eosin/plugin-api";

/** @returns Positions 0…count−1 in the order of the epoch: shuffled by (seed, epoch), or as they are. */
export function epochOrder(count: number, shuffle: boolean, seed: number, epoch: number): number[] {
  const order = Array.from({ length: count }, (_, i) => i);
  return shuffle ? createRng(seed, "sample-order", epoch).shuffle(order) : order;
}

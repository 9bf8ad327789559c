import type { StainKernels } from "./kernel-memory.js";

/** What a byte of a channel (0 red, 1 green, 2 blue) contributes to each of a pixel's quantities. */
export type Contribution = (channel: number, byte: number) => ArrayLike<number>;

/** Fills `TABLE` with entries of `size` numbers: 2 for pairs, 4 for quads. */
export function writeByteTable({ floats, at }: StainKernels, size: 2 | 4, contribution: Contribution): void {
  const start = at.TABLE >> 2;
  for (let channel = 0; channel < 3; channel++) {
    for (let byte = 0; byte < 256; byte++) {
      const entry = contribution(channel, byte);
      const to = start + (256 * channel + byte) * size;
      for (let k = 0; k < size; k++) floats[to + k] = entry[k];
    }
  }
}

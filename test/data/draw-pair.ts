import { createRng } from "../../packages/plugin-api/src/random/rng.js";

export const side = 64;

export interface DrawnPair {
  /** (64, 64, 3) */
  readonly image: Uint8Array;
  /** (64, 64) of 0 and 1. */
  readonly mask: Uint8Array;
}

const haematoxylin = [0.65, 0.7, 0.29];
const eosin = [0.07, 0.99, 0.11];

/** Pink ground with purple discs, which are the tumour. */
export function drawPair(seed: number): DrawnPair {
  const rng = createRng("drawn pair", seed);
  const discs = [0, 1, 2].map(() => ({ x: rng.integer(side), y: rng.integer(side), radius: 8 + rng.integer(8) }));
  const image = new Uint8Array(side * side * 3);
  const mask = new Uint8Array(side * side);
  for (let i = 0; i < mask.length; i++) {
    const [x, y] = [i % side, Math.floor(i / side)];
    mask[i] = discs.some((disc) => (x - disc.x) ** 2 + (y - disc.y) ** 2 < disc.radius ** 2) ? 1 : 0;
    const e = 0.35 + 0.15 * rng.uniform();
    const h = mask[i] ? 0.9 + 0.2 * rng.uniform() : 0.05 + 0.05 * rng.uniform();
    for (let c = 0; c < 3; c++) image[3 * i + c] = Math.floor(255 * Math.exp(-h * haematoxylin[c] - e * eosin[c]));
  }
  return { image, mask };
}

/** Dice of "everything is tumour" with a mask of 0 and 1. */
export function diceOfAll(mask: Uint8Array): number {
  const tumour = mask.reduce((sum, each) => sum + each, 0);
  return (2 * tumour) / (tumour + mask.length);
}

import type { Rng } from "@eosin/plugin-api";

const SIDE = 64;

/** Smooth random fields: values on a lattice that repeats every 64 cells, blended between. */
export class ValueNoise {
  readonly #lattice = new Float32Array(SIDE * SIDE);

  constructor(rng: Rng) {
    for (let i = 0; i < this.#lattice.length; i++) this.#lattice[i] = rng.uniform();
  }

  /** @returns 0…1; one lattice cell is one unit of `x` and `y`. */
  at(x: number, y: number): number {
    const column = Math.floor(x);
    const row = Math.floor(y);
    const u = x - column;
    const v = y - row;
    const left = column & (SIDE - 1);
    const right = (column + 1) & (SIDE - 1);
    const top = (row & (SIDE - 1)) * SIDE;
    const bottom = ((row + 1) & (SIDE - 1)) * SIDE;
    const su = u * u * (3 - 2 * u);
    const sv = v * v * (3 - 2 * v);
    const lattice = this.#lattice;
    const above = lattice[top + left] + (lattice[top + right] - lattice[top + left]) * su;
    const below = lattice[bottom + left] + (lattice[bottom + right] - lattice[bottom + left]) * su;
    return above + (below - above) * sv;
  }

  /** Two octaves, 0…1. */
  rough(x: number, y: number): number {
    return 0.65 * this.at(x, y) + 0.35 * this.at(2.1 * x + 17.3, 2.1 * y + 5.9);
  }
}

import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { dot, type StainVector } from "./stain-matrix.js";
import { solveTwoAtomLasso, twoAtomLasso } from "./two-atom-lasso.js";

const rng = createRng("lasso");
const vector = (scale = 1): StainVector => [scale * rng.uniform(), scale * rng.uniform(), scale * rng.uniform()];

test("the closed form meets the optimality conditions", () => {
  for (let round = 0; round < 2000; round++) {
    const atoms = [vector(), vector()] as const;
    const lambda = 0.2 * rng.uniform();
    const x = vector(round % 4 === 0 ? -1 : 3);
    const alpha = solveTwoAtomLasso(twoAtomLasso(atoms, lambda), x);
    const residual = [0, 1, 2].map((c) => x[c] - alpha[0] * atoms[0][c] - alpha[1] * atoms[1][c]);
    for (const k of [0, 1]) {
      const slope = lambda - dot(atoms[k], residual as unknown as StainVector);
      expect(alpha[k]).toBeGreaterThanOrEqual(0);
      expect(slope).toBeGreaterThan(-1e-8);
      expect(Math.abs(slope * alpha[k])).toBeLessThan(1e-7);
    }
  }
});

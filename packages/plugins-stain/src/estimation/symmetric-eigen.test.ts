import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { symmetricEigen } from "./symmetric-eigen.js";

test("A·v = λ·v, unit vectors, values in falling order", () => {
  const rng = createRng("eigen");
  for (let round = 0; round < 200; round++) {
    const [a, b, c, d, e, f] = Array.from({ length: 6 }, () => rng.normal());
    const matrix = [
      [a, b, c],
      [b, d, e],
      [c, e, f],
    ] as const;
    const pairs = symmetricEigen(matrix);
    for (const { value, vector } of pairs) {
      expect(Math.hypot(...vector)).toBeCloseTo(1, 12);
      for (let row = 0; row < 3; row++) {
        const product = matrix[row].reduce((sum, entry, k) => sum + entry * vector[k], 0);
        expect(product).toBeCloseTo(value * vector[row], 10);
      }
    }
    expect(pairs[0].value).toBeGreaterThanOrEqual(pairs[1].value);
    expect(pairs[1].value).toBeGreaterThanOrEqual(pairs[2].value);
  }
});

import { createRng } from "@eosin/plugin-api";
import { expect, it } from "vitest";
import { signedDistances } from "./signed-distance.js";

/** By comparing each pixel with every other. */
function slowly(labels: Uint8Array, height: number, width: number, label: number): number[] {
  const inside = labels.map((each) => Number(each === label));
  const some = inside.includes(1) && inside.includes(0);
  return Array.from(inside, (own, i) => {
    if (!some) return 0;
    let nearest = Number.POSITIVE_INFINITY;
    for (let j = 0; j < height * width; j++) {
      if (inside[j] === own) continue;
      nearest = Math.min(nearest, Math.hypot((i % width) - (j % width), Math.floor(i / width) - Math.floor(j / width)));
    }
    return own === 1 ? 1 - nearest : nearest;
  });
}

it.each([
  [1, 1],
  [1, 9],
  [9, 1],
  [7, 12],
  [20, 13],
])("distances in %d × %d pixels are those to the nearest of all", (height, width) => {
  const rng = createRng("distances", height, width);
  const [samples, classes, pixels] = [6, 3, height * width];
  const shares = [0.02, 0.1, 0.5, 0.95, 0, 1];
  const labels = Uint8Array.from({ length: samples * pixels }, (_, i) =>
    rng.chance(shares[Math.floor(i / pixels)]) ? 1 + rng.integer(i < pixels ? 1 : classes) : 0,
  );
  labels.fill(2, 5 * pixels);
  const distances = signedDistances({ labels, samples, height, width }, classes);
  expect(distances).toHaveLength(samples * pixels * classes);
  for (let sample = 0; sample < samples; sample++) {
    for (let label = 1; label <= classes; label++) {
      const own = labels.subarray(sample * pixels, (sample + 1) * pixels);
      slowly(own, height, width, label).forEach((expected, i) => {
        const found = distances[(sample * pixels + i) * classes + label - 1];
        if (Math.abs(found - expected) > 1e-5)
          expect(found, `sample ${sample}, label ${label}, pixel ${i}`).toBe(expected);
      });
    }
  }
});

import type { Sample } from "../../imaging/sample.js";
import { createRng } from "../../random/rng.js";

/** Haematoxylin and eosin as optical density in red, green and blue, near Ruifrok & Johnston's (2001). */
const stains = [
  [0.65, 0.7, 0.29],
  [0.2, 0.93, 0.3],
] as const;

/**
 * A patch of H&E by Beer–Lambert: round nuclei on eosin, with a strip of white background. Its mask is the nuclei, its
 * densities are those that it was drawn from.
 */
export function tissueSample(width: number, height: number, key: string | number = 0): Sample {
  const rng = createRng("testkit tissue", key, width, height);
  const count = Math.max(3, Math.round((width * height) / 250));
  const nuclei = Array.from({ length: count }, () => [
    rng.between(0, width),
    rng.between(0, height),
    rng.between(2, 5),
  ]);
  const image = new Uint8Array(3 * width * height);
  const mask = new Uint8Array(width * height);
  const density = new Float32Array(2 * width * height);
  for (let i = 0; i < mask.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const background = x < width / 10;
    const nucleus = !background && nuclei.some(([cx, cy, radius]) => (x - cx) ** 2 + (y - cy) ** 2 < radius ** 2);
    mask[i] = nucleus ? 1 : 0;
    density[2 * i] = background ? 0 : nucleus ? rng.between(0.8, 1.5) : rng.between(0.02, 0.15);
    density[2 * i + 1] = background ? 0 : rng.between(0.2, 0.8);
    for (let c = 0; c < 3; c++) {
      const od = density[2 * i] * stains[0][c] + density[2 * i + 1] * stains[1][c];
      image[3 * i + c] = Math.round(255 * Math.exp(-od));
    }
  }
  return {
    id: `tissue/${key}`,
    domain: "testkit",
    image: { width, height, data: image },
    mask: { width, height, data: mask },
    density: { width, height, stains: 2, data: density },
  };
}

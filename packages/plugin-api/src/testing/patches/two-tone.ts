import type { Sample } from "../../imaging/sample.js";
import { createRng } from "../../random/rng.js";

const cell = 5;

/**
 * A patch of two colours in a random pattern of small squares, with a mask and densities that follow it exactly. No
 * shift, turn or flip maps the pattern to itself, and a change of colour leaves its edges where they are: so a mask that
 * stayed behind can be told from one that moved along.
 */
export function twoToneSample(width: number, height: number, key: string | number = 0): Sample {
  const rng = createRng("testkit two-tone", key);
  const columns = Math.ceil(width / cell);
  const dark = Array.from({ length: columns * Math.ceil(height / cell) }, () => rng.chance(0.5));
  const image = new Uint8Array(3 * width * height);
  const mask = new Uint8Array(width * height);
  const density = new Float32Array(2 * width * height);
  for (let i = 0; i < mask.length; i++) {
    const [x, y] = [i % width, Math.floor(i / width)];
    const isDark = dark[Math.floor(y / cell) * columns + Math.floor(x / cell)];
    const colour = isDark ? [96, 48, 140] : [222, 168, 205];
    for (let c = 0; c < 3; c++) image[3 * i + c] = colour[c] + rng.integer(17) - 8;
    mask[i] = isDark ? 1 : 0;
    density[2 * i] = isDark ? 1.2 : 0.1;
    density[2 * i + 1] = isDark ? 0.3 : 0.7;
  }
  return {
    id: `two-tone/${key}`,
    domain: "testkit",
    image: { width, height, data: image },
    mask: { width, height, data: mask },
    density: { width, height, stains: 2, data: density },
  };
}

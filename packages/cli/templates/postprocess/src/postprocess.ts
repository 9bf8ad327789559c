import type { Mask, Postprocess } from "@eosin/plugin-api/imaging";
import type { Options } from "./options.js";

export function create({ neighbours }: Options): Postprocess {
  return {
    apply(mask) {
      const data = mask.data.map((value, i) => (value === 1 && countAround(mask, i) < neighbours ? 0 : value));
      return { width: mask.width, height: mask.height, data };
    },
  };
}

/** Tumour pixels among the eight around pixel `i`; outside the patch there are none. */
function countAround({ width, height, data }: Mask, i: number): number {
  const [x, y] = [i % width, Math.floor(i / width)];
  let count = -data[i];
  for (let v = Math.max(0, y - 1); v <= Math.min(height - 1, y + 1); v++) {
    for (let u = Math.max(0, x - 1); u <= Math.min(width - 1, x + 1); u++) count += data[v * width + u];
  }
  return count;
}

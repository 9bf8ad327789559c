import type { RgbImage } from "../../imaging/image.js";
import type { Sample } from "../../imaging/sample.js";
import { broken } from "../checklist.js";
import { bareSample } from "../patches/degenerate.js";

/** Grey levels that rise and fall in steps of four along each row; all rows alike. */
export function rampSample(): Sample {
  const [width, height] = [128, 32];
  const level = (x: number) => Math.min(255, x < 64 ? 4 * x : 4 * (127 - x));
  const data = Uint8Array.from({ length: 3 * width * height }, (_, i) => level(Math.floor(i / 3) % width));
  return bareSample("ramp", { width, height, data });
}

/**
 * A byte that leaves its range starts again at the other end: white turns black between two neighbours of a ramp, in
 * every row at once. A filled corner or a cut-out square does so in some rows only.
 */
export function checkNoOverflow({ width, height, data }: RgbImage): void {
  for (let x = 0; x + 1 < width; x++) {
    for (let c = 0; c < 3; c++) {
      let jumps = 0;
      for (let y = 0; y < height; y++) {
        const at = 3 * (y * width + x) + c;
        const [a, b] = [data[at], data[at + 3]];
        if (Math.max(a, b) >= 224 && Math.min(a, b) <= 31) jumps++;
      }
      if (jumps < 0.9 * height) continue;
      broken(
        "values that stop at 0 and 255",
        `a ramp whose channel ${c} jumps from ${data[3 * x + c]} to ${data[3 * x + c + 3]} at column ${x}`,
        "Clamp before you store: Math.max(0, Math.min(255, Math.round(value))); or, where the jump is meant, { jumps: true }.",
      );
    }
  }
}

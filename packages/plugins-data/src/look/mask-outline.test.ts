import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { packMask, unpackMask } from "./mask-bits.js";
import { maskOutline } from "./mask-outline.js";

const mask = (...rows: readonly string[]) => ({
  width: rows[0].length,
  height: rows.length,
  data: Uint8Array.from(rows.join(""), (pixel) => (pixel === "#" ? 1 : 0)),
});

test("an outline goes around the foreground, also along the picture's edge", () => {
  expect(maskOutline(mask("...", ".#.", "..."))).toBe("M1 1h1v1h-1v-1z");
  expect(maskOutline(mask("###", "###"))).toBe("M0 0h3v2h-3v-2z");
  expect(maskOutline(mask("##.", "#..", "..."))).toBe("M0 0h2v1h-1v1h-1v-2z");
  expect(maskOutline(mask("...", "..."))).toBe("");
});

test("holes and islands have loops of their own; chequers close", () => {
  const ring = maskOutline(mask("###", "#.#", "###"));
  expect(ring.match(/M/g)).toHaveLength(2);
  expect(maskOutline(mask("#.#")).match(/M/g)).toHaveLength(2);
  expect(maskOutline(mask("#.", ".#")).match(/z/g)?.length).toBe(maskOutline(mask("#.", ".#")).match(/M/g)?.length);
});

test("filled, an outline is the mask again", () => {
  const rng = createRng(2, "masks");
  const random = {
    width: 23,
    height: 17,
    data: Uint8Array.from({ length: 23 * 17 }, () => (rng.between(0, 1) < 0.5 ? 1 : 0)),
  };
  expect(filled(maskOutline(random), 23, 17)).toEqual([...random.data]);
});

/** By the even-odd rule, from the path's vertical edges. */
function filled(path: string, width: number, height: number): number[] {
  const crossed = new Uint8Array(width * height);
  let x = 0;
  let y = 0;
  for (const [, command, a, b] of path.matchAll(/([Mhvz])(-?\d+)?(?: (\d+))?/g)) {
    if (command === "M") [x, y] = [Number(a), Number(b)];
    if (command === "h") x += Number(a);
    if (command !== "v") continue;
    const to = y + Number(a);
    for (let row = Math.min(y, to); row < Math.max(y, to); row++) {
      for (let right = x; right < width; right++) crossed[row * width + right] ^= 1;
    }
    y = to;
  }
  return [...crossed];
}

test("a mask is kept in bits", () => {
  const kept = mask("#.##.....#", "..#.######");
  expect(packMask(kept)).toHaveLength(3);
  expect(unpackMask(packMask(kept), 10, 2)).toEqual(kept);
});

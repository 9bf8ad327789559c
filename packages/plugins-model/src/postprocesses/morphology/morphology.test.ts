import { createRng } from "@eosin/plugin-api";
import type { Mask } from "@eosin/plugin-api/imaging";
import { expect, test } from "vitest";
import { dilate, erode, Morphology } from "./morphology.js";
import { morphologyOptions } from "./options.js";

const parse = (...rows: readonly string[]): Mask => ({
  width: rows[0].length,
  height: rows.length,
  data: Uint8Array.from(rows.join(""), (cell) => (cell === "#" ? 1 : 0)),
});
const draw = ({ width, height, data }: Mask) =>
  Array.from({ length: height }, (_, y) => {
    return Array.from(data.subarray(y * width, (y + 1) * width), (value) => (value ? "#" : ".")).join("");
  });

test("dilation grows by the radius and stops at the border", () => {
  expect(draw(dilate(parse("#....", ".....", ".....", "....."), 3))).toEqual(["##...", "##...", ".....", "....."]);
});

test("erosion ignores what is outside the image", () => {
  expect(draw(erode(parse("####", "####", "####"), 3))).toEqual(["####", "####", "####"]);
  expect(draw(erode(parse("####.", "####.", "####.", "####."), 3))).toEqual(["###..", "###..", "###..", "###.."]);
});

test("closing fills a gap, opening removes a speck", () => {
  const closed = new Morphology(morphologyOptions.parse({ operations: [{ close: 3 }] }));
  expect(draw(closed.apply(parse(".......", "..#.#..", "..#.#..", ".......")))[1]).toBe("..###..");
  const opened = new Morphology(morphologyOptions.parse({ operations: [{ open: 3 }] }));
  expect(draw(opened.apply(parse(".......", ".###...", ".###.#.", ".###...")))).toEqual([
    ".......",
    ".###...",
    ".###...",
    ".###...",
  ]);
});

test("equals the definition (maximum and minimum over the window) on random masks, also where the kernel is larger", () => {
  const rng = createRng("morphology");
  for (const [width, height, side] of [
    [17, 9, 3],
    [8, 23, 5],
    [4, 3, 9],
    [1, 6, 3],
  ]) {
    const mask: Mask = { width, height, data: Uint8Array.from({ length: width * height }, () => rng.integer(2)) };
    expect(dilate(mask, side).data).toEqual(byDefinition(mask, side, Math.max));
    expect(erode(mask, side).data).toEqual(byDefinition(mask, side, Math.min));
  }
});

test("even kernels are refused", () => {
  expect(morphologyOptions.safeParse({ operations: [{ dilate: 4 }] }).success).toBe(false);
});

function byDefinition({ width, height, data }: Mask, side: number, pick: (...values: number[]) => number): Uint8Array {
  const radius = side >> 1;
  return Uint8Array.from(data, (_, index) => {
    const values: number[] = [];
    for (let y = Math.floor(index / width) - radius; y <= Math.floor(index / width) + radius; y++) {
      for (let x = (index % width) - radius; x <= (index % width) + radius; x++) {
        if (x >= 0 && y >= 0 && x < width && y < height) values.push(data[y * width + x]);
      }
    }
    return pick(...values);
  });
}

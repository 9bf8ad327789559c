import { expect, test } from "vitest";
import { smallRegionsOptions } from "./options.js";
import { SmallRegions } from "./small-regions.js";

const rows = [
  "#####....#",
  "#...#....#",
  "#.#.#.....",
  "#...#..##.",
  "#####..##.",
  "..........",
  "##......#.",
  "##.......#",
];
const mask = {
  width: 10,
  height: 8,
  data: Uint8Array.from(rows.join(""), (each) => (each === "#" ? 1 : 0)),
};

function applied(options: object): string[] {
  const { data } = new SmallRegions(smallRegionsOptions.parse(options)).apply(mask);
  return rows.map((row, y) => [...row].map((_, x) => (data[10 * y + x] === 1 ? "#" : ".")).join(""));
}

test("drops regions that are smaller than a share of the image, connected at corners too", () => {
  // 4 of 80 pixels are kept: only what is less is dropped.
  expect(applied({ smallest: 4 / 80 })).toEqual([
    "#####.....",
    "#...#.....",
    "#...#.....",
    "#...#..##.",
    "#####..##.",
    "..........",
    "##........",
    "##........",
  ]);
});

test("fills holes, of which the border is none, and drops what is small after that", () => {
  const filled = applied({ fill: 9 / 80 });
  expect(filled.slice(0, 5).map((row) => row.slice(0, 5))).toEqual(["#####", "#####", "#####", "#####", "#####"]);
  expect(applied({ fill: 8 / 80 })).toEqual(rows);
  expect(applied({ fill: 1 })).toEqual(filled);
  expect(applied({ fill: 9 / 80, smallest: 20 / 80 }).join("")).toBe(
    [
      "#####.....",
      "#####.....",
      "#####.....",
      "#####.....",
      "#####.....",
      "..........",
      "..........",
      "..........",
    ].join(""),
  );
});

test("gives the mask itself where nothing changes, and does not edit it", () => {
  const before = mask.data.slice();
  expect(new SmallRegions({ smallest: 0, fill: 0 }).apply(mask)).toBe(mask);
  expect(new SmallRegions({ smallest: 1 / 80, fill: 0 }).apply(mask)).toBe(mask);
  new SmallRegions({ smallest: 1, fill: 1 }).apply(mask);
  expect(mask.data).toEqual(before);
});

import { createRng } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { findRegions } from "./regions.js";

function picture(...rows: readonly string[]): { data: Uint8Array; width: number } {
  const data = Uint8Array.from(rows.join(""), (each) => (each === "#" ? 1 : 0));
  return { data, width: rows[0].length };
}

test("numbers regions in the order of their first pixels, and counts these", () => {
  const { data, width } = picture("#..##", "#.#..", "....#", "#.#.#");
  const { labels, areas } = findRegions(data, width, 1, true);
  expect([...labels]).toEqual([1, 0, 0, 2, 2, 1, 0, 2, 0, 0, 0, 0, 0, 0, 3, 4, 0, 5, 0, 3]);
  expect([...areas]).toEqual([0, 2, 3, 2, 1, 1]);
  expect([...findRegions(data, width, 1, false).areas]).toEqual([0, 2, 2, 1, 2, 1, 1]);
});

test("arms that meet late are one region", () => {
  const { data, width } = picture("#.#.#", "#.#.#", "#####");
  expect([...findRegions(data, width, 1, false).areas]).toEqual([0, 11]);
  const zigzag = picture("..#..", ".#.#.", "#...#", ".#.#.", "..#..");
  expect([...findRegions(zigzag.data, 5, 1, true).areas]).toEqual([0, 8]);
  expect([...findRegions(zigzag.data, 5, 0, false).areas]).toEqual([0, 3, 3, 5, 3, 3]);
});

test.each([true, false])("are those that a flood fill finds (corners %s)", (corners) => {
  for (let trial = 0; trial < 30; trial++) {
    const rng = createRng(7, trial);
    const [width, height] = [1 + rng.integer(12), 1 + rng.integer(12)];
    const data = Uint8Array.from({ length: width * height }, () => (rng.chance(0.55) ? 1 : 0));
    const { labels, areas } = findRegions(data, width, 1, corners);
    const expected = flooded(data, width, corners);
    expect([...labels]).toEqual(expected);
    expect([...areas].slice(1)).toEqual(
      [...areas.keys()].slice(1).map((n) => expected.filter((of) => of === n).length),
    );
  }
});

function flooded(data: Uint8Array, width: number, corners: boolean): number[] {
  const labels = Array.from(data, () => 0);
  let count = 0;
  for (let start = 0; start < data.length; start++) {
    if (data[start] !== 1 || labels[start] !== 0) continue;
    count++;
    const queue = [start];
    labels[start] = count;
    for (let at = queue.pop(); at !== undefined; at = queue.pop()) {
      for (let dy = -1; dy <= 1; dy++) {
        for (let dx = -1; dx <= 1; dx++) {
          if (!corners && dx !== 0 && dy !== 0) continue;
          const x: number = (at % width) + dx;
          const y: number = Math.floor(at / width) + dy;
          const next = y * width + x;
          if (x < 0 || x >= width || y < 0 || next >= data.length) continue;
          if (data[next] !== 1 || labels[next] !== 0) continue;
          labels[next] = count;
          queue.push(next);
        }
      }
    }
  }
  return labels;
}

import { expect, test } from "vitest";
import { AreaMeans } from "./area-means.js";

function meansOf(rows: readonly (readonly number[])[], toWidth: number, toHeight: number): number[] {
  const means = new AreaMeans(rows[0].length, rows.length, toWidth, toHeight);
  means.begin();
  for (const row of rows) means.addRow(Uint8Array.from(row));
  return [...means.means].map((mean) => Number(mean.toFixed(9)));
}

test("shrinks by area: pixels count by the share of them that an output covers", () => {
  const ramp = [
    [0, 30, 60],
    [90, 120, 150],
    [180, 210, 240],
  ];
  // An output is 1.5 pixels wide and high: one whole pixel, two halves and a quarter.
  expect(meansOf(ramp, 2, 2)).toEqual([40, 80, 160, 200]);
  expect(meansOf(ramp, 1, 1)).toEqual([120]);
  expect(meansOf(ramp, 3, 3)).toEqual(ramp.flat());
});

test("enlarges in blocks", () => {
  expect(
    meansOf(
      [
        [10, 20],
        [30, 40],
      ],
      4,
      4,
    ),
  ).toEqual([10, 10, 20, 20, 10, 10, 20, 20, 30, 30, 40, 40, 30, 30, 40, 40]);
});

test("remembers nothing of the picture before", () => {
  const means = new AreaMeans(2, 2, 1, 1);
  means.begin();
  means.addRow(Uint8Array.of(255, 255));
  means.begin();
  means.addRow(Uint8Array.of(1, 2));
  means.addRow(Uint8Array.of(3, 5));
  expect([...means.means]).toEqual([2.75]);
  expect([...means.rounded()]).toEqual([3]);
});

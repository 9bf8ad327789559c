import { expect, test } from "vitest";
import { AreaMeans } from "./area-means.js";

/** @param bands Columns where bands begin, and the width. */
function meansOf(
  rows: readonly (readonly number[])[],
  toWidth: number,
  toHeight: number,
  bands: readonly number[] = [0, rows[0].length],
): number[] {
  const means = new AreaMeans(rows[0].length, rows.length, toWidth, toHeight);
  means.begin();
  addTo(means, rows, bands);
  return [...means.means].map((mean) => Number(mean.toFixed(9)));
}

function addTo(means: AreaMeans, rows: readonly (readonly number[])[], bands: readonly number[]): void {
  for (let band = 0; band + 1 < bands.length; band++) {
    const [left, right] = [bands[band], bands[band + 1]];
    const sums = new Float64Array(right - left);
    means.beginBand(left, right);
    for (const row of rows) {
      means.addRow(sums, (share) => {
        for (let x = left; x < right; x++) sums[x - left] += share * row[x];
      });
    }
  }
}

const ramp = [
  [0, 30, 60],
  [90, 120, 150],
  [180, 210, 240],
];

test("shrinks by area: pixels count by the share of them that an output covers", () => {
  // An output is 1.5 pixels wide and high: one whole pixel, two halves and a quarter.
  expect(meansOf(ramp, 2, 2)).toEqual([40, 80, 160, 200]);
  expect(meansOf(ramp, 1, 1)).toEqual([120]);
  expect(meansOf(ramp, 3, 3)).toEqual(ramp.flat());
});

test("bands give what the whole rows give", () => {
  for (const bands of [
    [0, 1, 3],
    [0, 2, 3],
    [0, 1, 2, 3],
  ]) {
    for (const side of [1, 2, 3, 5]) expect(meansOf(ramp, side, side, bands)).toEqual(meansOf(ramp, side, side));
  }
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
  addTo(means, [[255, 255]], [0, 2]);
  means.begin();
  addTo(
    means,
    [
      [1, 2],
      [3, 5],
    ],
    [0, 2],
  );
  expect([...means.means]).toEqual([2.75]);
  expect([...means.rounded()]).toEqual([3]);
});

import { describe, expect, it } from "vitest";
import { looked } from "./looked.test-support.js";
import { median, robustDeviation } from "./median.js";
import { findOutliers } from "./outliers.js";

/** Ten pictures that differ a little, as pictures of one scanner do. */
const usual = (domain: string) =>
  Array.from({ length: 10 }, (_, i) =>
    looked(`${domain}/${i}`, { mean: [200 + i, 150 - i, 190], contrast: 30 + (i % 3), sharpness: 900 + 30 * i }),
  );

describe("outliers", () => {
  it("are none among pictures that differ a little", () => {
    expect(findOutliers([...usual("a"), ...usual("b")])).toEqual([]);
  });

  it("are pictures of another colour, or with less detail for their contrast", () => {
    const green = looked("a/green", { mean: [120, 200, 120] });
    const blurred = looked("a/blurred", { sharpness: 40 });
    const found = findOutliers([...usual("a"), green, blurred]);
    expect(found.map(({ id, kind }) => `${id} ${kind}`).sort()).toEqual(["a/blurred blur", "a/green colour"]);
    expect(found.every(({ deviations, domain }) => deviations > 5 && domain === "a")).toBe(true);
  });

  it("are not pale or detailed pictures", () => {
    // Half the contrast has a quarter of the Laplacian's variance.
    const pale = looked("a/pale", { contrast: 8, sharpness: 64 });
    const detailed = looked("a/detailed", { sharpness: 9000 });
    expect(findOutliers([...usual("a"), pale, detailed])).toEqual([]);
  });

  it("are told by their own domain: another scanner's colours are usual there", () => {
    const dark = usual("b").map(({ id, figures }) => looked(id, { ...figures, mean: [90, 60, 80] }));
    expect(findOutliers([...usual("a"), ...dark])).toEqual([]);
  });

  it("are not told among a few pictures, nor by differences that nobody sees", () => {
    const same = Array.from({ length: 6 }, (_, i) => looked(`c/${i}`));
    expect(findOutliers([...same, looked("c/green", { mean: [0, 255, 0] })])).toEqual([]);
    const many = Array.from({ length: 20 }, (_, i) => looked(`d/${i}`));
    expect(findOutliers([...many, looked("d/near", { mean: [203, 150, 190], sharpness: 800 })])).toEqual([]);
    expect(findOutliers([...many, looked("d/far", { mean: [100, 150, 190] })])).toHaveLength(1);
  });
});

it("the median and its deviation hold against one odd value", () => {
  expect(median([5, 1, 3])).toBe(3);
  expect(median([4, 1, 3, 2])).toBe(2.5);
  expect(robustDeviation([1, 2, 3, 4, 1000])).toBeCloseTo(1.4826, 10);
});

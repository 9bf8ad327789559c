import { expect, test } from "vitest";
import { difference, goldenDensities, goldenIds, goldenImage, hasGolden } from "../../test/golden.js";
import { hedToRgb, rgbToHed } from "./hed.js";

test("colours made of the three stains come back", () => {
  const hed = Float64Array.of(0.02, 0.05, 0.01, 0, 0, 0, 0.1, 0, 0.02);
  const rgb = new Float64Array(9);
  hedToRgb(hed, rgb);
  const bytes = Uint8Array.from(rgb, (v) => Math.round(255 * v));
  const again = new Float64Array(9);
  rgbToHed(bytes, again);
  expect(difference(again, hed).largest).toBeLessThan(2e-3);
});

test.skipIf(!hasGolden)("RGB → HED equals scikit-image", async () => {
  for (const id of goldenIds) {
    const { data, width } = await goldenImage(id);
    const hed = new Float64Array(data.length);
    rgbToHed(data, hed);
    const expected = goldenDensities(id, "hed_skimage_crop64.npy");
    for (let y = 0; y < 64; y++) {
      const row = 3 * ((90 + y) * width + 120);
      const golden = expected.subarray(192 * y, 192 * (y + 1));
      expect(difference(hed.subarray(row, row + 192), golden).largest).toBeLessThan(1e-14);
    }
  }
});

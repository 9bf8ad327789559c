import { expect, test } from "vitest";
import { rgbToHsv } from "../colour-spaces/hsv.js";
import { rgbToLab } from "../colour-spaces/lab.js";
import { goldenIds, goldenImage, goldenValues, hasGolden } from "../testing/golden.test-support.js";
import { drawPatch, shuffled } from "../testing/patches.test-support.js";
import { channelHistograms, mediansOf, statisticsOf } from "./channel-histograms.js";

test("mean, population deviation and median by channel", () => {
  const histograms = channelHistograms(Uint8Array.of(1, 5, 9, 3, 5, 200));
  expect(statisticsOf(histograms)).toEqual({ mean: [2, 5, 104.5], std: [1, 0, 95.5] });
  expect(mediansOf(histograms)).toEqual([2, 5, 104.5]);
});

test("the order of the pixels changes no bit", () => {
  const image = drawPatch();
  expect(statisticsOf(channelHistograms(shuffled(image).data))).toEqual(statisticsOf(channelHistograms(image.data)));
});

test.skipIf(!hasGolden)("LAB and HSV statistics equal OpenCV's", async () => {
  for (const id of goldenIds) {
    const { data } = await goldenImage(id);
    for (const [convert, key] of [
      [rgbToLab, "opencv_lab8"],
      [rgbToHsv, "opencv_hsv8"],
    ] as const) {
      const converted = new Uint8Array(data.length);
      convert(data, converted);
      const ours = statisticsOf(channelHistograms(converted));
      const golden = goldenValues(id)[key];
      for (let c = 0; c < 3; c++) {
        expect(ours.mean[c]).toBeCloseTo(golden.mean[c], 9);
        expect(ours.std[c]).toBeCloseTo(golden.std[c], 9);
      }
    }
  }
});

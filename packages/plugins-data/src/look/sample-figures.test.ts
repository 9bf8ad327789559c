import { describe, expect, it } from "vitest";
import { picture } from "./looked.test-support.js";
import { createSampleMeasurer } from "./sample-figures.js";

/** By Pillow 12 (grey), numpy 2 (means, standard deviations, area means) and SciPy (convolution). */
const golden = [
  {
    size: [61, 47],
    mean: [116.77851412626438, 123.15591210324381, 124.80083711196373],
    contrast: 49.590836760872,
    sharpness: 49814.04311149415,
    foreground: 0.28566445762120685,
    density: { places: [49, 94, 51, 93, 90, 68], sum: 85762 },
  },
  {
    size: [256, 256],
    mean: [117.75, 122.25, 120.75],
    contrast: 51.57976893147749,
    sharpness: 50325.637662849986,
    foreground: 0.2857208251953125,
    density: { places: [81, 73, 86, 98, 87, 116], sum: 87403 },
  },
  {
    size: [20, 9],
    mean: [122.4888888888889, 128.38888888888889, 130.0222222222222],
    contrast: 48.64759773546992,
    sharpness: 50149.98696145125,
    foreground: 0.28888888888888886,
    density: { places: [59, 45, 45, 103, 73, 74], sum: 80361 },
  },
] as const;

const measure = createSampleMeasurer();

describe("the figures of a sample", () => {
  it.each(golden)("are those of Pillow and numpy at $size", ({ size: [width, height], density, ...wanted }) => {
    const mask = Uint8Array.from({ length: width * height }, (_, i) =>
      ((i % width) * 3 + Math.floor(i / width) * 5) % 7 < 2 ? 1 : 0,
    );
    const { figures, thumbnails } = measure(picture(width, height), { width, height, data: mask });
    expect(figures.contrast).toBeCloseTo(wanted.contrast, 8);
    expect(figures.sharpness).toBeCloseTo(wanted.sharpness, 6);
    expect(figures.foreground).toBeCloseTo(wanted.foreground, 12);
    wanted.mean.forEach((mean, c) => {
      expect(figures.mean[c]).toBeCloseTo(mean, 10);
    });
    expect([0, 1, 33, 500, 777, 1023].map((i) => thumbnails.density[i])).toEqual(density.places);
    expect(thumbnails.density.reduce((sum, value) => sum + value, 0)).toBe(density.sum);
  });

  it("do not depend on what was measured before", () => {
    const first = createSampleMeasurer()(picture(40, 30));
    const again = createSampleMeasurer();
    again(picture(40, 30, 3), { width: 40, height: 30, data: new Uint8Array(1200).fill(1) });
    expect(again(picture(40, 30))).toEqual(first);
    expect(first.figures).not.toHaveProperty("foreground");
    expect(first.thumbnails).not.toHaveProperty("mask");
  });

  it("are finite of a single pixel and of one colour", () => {
    const { figures } = measure({ width: 1, height: 1, data: Uint8Array.of(255, 0, 0) });
    expect(figures).toMatchObject({ mean: [255, 0, 0], contrast: 0, sharpness: 0 });
    const grey = measure({ width: 5, height: 4, data: new Uint8Array(60).fill(77) }).figures;
    expect(grey).toMatchObject({ mean: [77, 77, 77], contrast: 0, sharpness: 0 });
  });

  it("tell identical pixels from others, and shapes of the same bytes", () => {
    const digest = (image: ReturnType<typeof picture>) => measure(image).figures.pixels;
    const image = picture(31, 17);
    expect(digest(image)).toMatch(/^[0-9a-f]{16}$/);
    expect(digest({ ...image, data: image.data.slice() })).toBe(digest(image));
    expect(digest({ ...image, width: 17, height: 31 })).not.toBe(digest(image));
    // The last byte is past the whole words.
    for (const at of [0, 700, image.data.length - 1]) {
      const data = image.data.slice();
      data[at] ^= 1;
      expect(digest({ ...image, data })).not.toBe(digest(image));
    }
  });
});

describe("thumbnails", () => {
  it("are 96 px along the longer side at most", () => {
    const sizeOf = (width: number, height: number) => {
      const { image } = measure(picture(width, height)).thumbnails;
      expect(image.data).toHaveLength(image.width * image.height * 3);
      return [image.width, image.height];
    };
    expect(sizeOf(300, 200)).toEqual([96, 64]);
    expect(sizeOf(97, 400)).toEqual([23, 96]);
    expect(sizeOf(40, 30)).toEqual([40, 30]);
    expect(sizeOf(500, 1)).toEqual([96, 1]);
  });

  it("are means of the pixels that they stand for", () => {
    const image = {
      width: 192,
      height: 2,
      data: Uint8Array.from({ length: 192 * 2 * 3 }, (_, i) => (i % 6 < 3 ? 10 : 21)),
    };
    expect(new Set(measure(image).thumbnails.image.data)).toEqual(new Set([16]));
    expect(measure(picture(20, 10)).thumbnails.image.data).toEqual(picture(20, 10).data);
  });

  it("show tumour where it is at least half of a pixel", () => {
    const data = new Uint8Array(192 * 192);
    for (const at of [0, 1, 192 + 40, 2, 194]) data[at] = 1;
    const { mask } = measure(picture(192, 192), { width: 192, height: 192, data }).thumbnails;
    expect([...mask!.data.subarray(0, 22)].flatMap((value, i) => (value ? [i] : []))).toEqual([0, 1]);
  });
});

import { writeFile } from "node:fs/promises";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { writePngChunks } from "../testing/draw-files.test-support.js";
import { writeTiff } from "../testing/write-tiff.test-support.js";
import { readImage } from "./read-image.js";
import { at, folder, pixels, remarks } from "./read-image.test-support.js";

describe("turns and pages", () => {
  const upright = Uint8Array.from({ length: 3 * 2 * 3 }, (_, i) => i * 14);

  it.each([1, 2, 3, 4, 5, 6, 7, 8])("EXIF orientation %i, as libvips turns it", async (orientation) => {
    const path = at(`turned${orientation}.tif`);
    await writeTiff(path, [{ width: 3, height: 2, samples: 3, data: upright, tags: { 274: [orientation] } }]);
    // Floats are turned by our own code.
    const float = at(`turned${orientation}-float.tif`);
    await writeTiff(float, [
      { width: 3, height: 2, samples: 3, data: Float32Array.from(upright), tags: { 274: [orientation] } },
    ]);
    const expected = await sharp(path).autoOrient().raw().toBuffer({ resolveWithObject: true });
    for (const file of [path, float]) {
      const { image, header } = await readImage(file, { range: 255 });
      expect([...image.data]).toEqual([...expected.data]);
      expect([image.width, image.height]).toEqual([expected.info.width, expected.info.height]);
      expect([header.width, header.height]).toEqual([image.width, image.height]);
    }
  });

  const page = (value: number) => ({ width: 2, height: 1, data: Uint8Array.from([value, value + 1]) });

  it.each([
    ["ImageJ", "ImageJ=1.53k\nimages=3\nchannels=3\nmode=composite\n"],
    [
      "OME",
      '<?xml version="1.0"?><OME><Image><Pixels SizeC="3" SizeZ="1" SizeT="1" DimensionOrder="XYCZT"/></Image></OME>',
    ],
  ])("channels kept as pages by %s are channels", async (name, description) => {
    const path = at(`channels-${name}.tif`);
    await writeTiff(path, [{ ...page(10), tags: { 270: description } }, page(20), page(30)]);
    expect(await pixels(path)).toEqual([10, 20, 30, 11, 21, 31]);
    expect(await remarks(path)).toEqual(["3 pages read as red, green and blue"]);
  });

  it.each([
    ["no word about them", ""],
    ["a stack of slices", "ImageJ=1.53k\nimages=3\nslices=3\n"],
  ])("pages with %s are asked for", async (name, description) => {
    const path = at(`pages-${name}.tif`);
    await writeTiff(path, [{ ...page(10), tags: { 270: description } }, page(20), page(30)]);
    await expect(readImage(path)).rejects.toMatchObject({
      code: "IMAGE_UNCLEAR",
      found: "3 pages (2×1, 2×1, 2×1)",
      next: expect.stringContaining("page: 1"),
    });
    expect(await pixels(path, { page: 2 })).toEqual([20, 20, 20, 21, 21, 21]);
    await expect(readImage(path, { page: 4 })).rejects.toMatchObject({ code: "IMAGE_UNCLEAR", expected: "page 1…3" });
  });

  it("reduced copies are not pages", async () => {
    await writeTiff(at("pyramid.tif"), [
      { width: 1, height: 1, data: Uint8Array.from([99]), tags: { 254: [1] } },
      { ...page(10), tags: { 254: [0] } },
    ]);
    expect(await pixels(at("pyramid.tif"))).toEqual([10, 10, 10, 11, 11, 11]);
  });

  it("two channels, or five, are not colours", async () => {
    const data = Uint8Array.from([1, 2, 3, 4, 5]);
    await writeTiff(at("five.tif"), [
      { width: 1, height: 1, samples: 5, data, photometric: 1, tags: { 338: [0, 0, 0, 0] } },
    ]);
    await expect(readImage(at("five.tif"))).rejects.toMatchObject({ code: "IMAGE_UNCLEAR", found: "5 values a pixel" });
  });
});

describe("what is not a whole picture", () => {
  it("cut off, empty, gone", async () => {
    const noise = { type: "gaussian" as const, mean: 99, sigma: 40 };
    const whole = await sharp({ create: { width: 64, height: 64, channels: 3, noise, background: "red" } })
      .png()
      .toBuffer();
    await writeFile(at("cut.png"), whole.subarray(0, whole.length / 2));
    await expect(readImage(at("cut.png"))).rejects.toMatchObject({ code: "IMAGE_CORRUPT", place: at("cut.png") });
    await writeFile(at("empty.png"), "");
    await expect(readImage(at("empty.png"))).rejects.toMatchObject({ code: "IMAGE_CORRUPT", found: "an empty file" });
    await expect(readImage(at("nowhere.png"))).rejects.toMatchObject({
      code: "FILE_MISSING",
      place: at("nowhere.png"),
    });
    await expect(readImage(folder)).rejects.toMatchObject({ code: "NO_PICTURE", found: "a folder" });
  });

  it("too large to open: refused by its header", async () => {
    const bomb = { width: 30_000, height: 30_000, bits: 8, type: 0 };
    await writePngChunks(at("bomb.png"), bomb, [new Uint8Array(1)]);
    await expect(readImage(at("bomb.png"))).rejects.toMatchObject({
      code: "PICTURE_TOO_LARGE",
      found: expect.stringContaining("30000×30000"),
      next: expect.stringContaining("maxPixels: 900000000"),
    });
  });
});

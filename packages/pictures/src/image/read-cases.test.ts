import { readFile, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { cases, casesAreHere } from "../testing/draw-files.test-support.js";
import { writeTiff } from "../testing/write-tiff.test-support.js";
import { readImage } from "./read-image.js";
import { at, mean, pixelsOf, remarks } from "./read-image.test-support.js";

describe.runIf(casesAreHere)("the cases", () => {
  const means = async (name: string) => {
    const { image } = await readImage(join(cases, name));
    return [0, 1, 2].map((c) => Math.round(mean(image.data.filter((_, i) => i % 3 === c))));
  };

  it.each([
    ["F03", "i09-tif16-8bitrange.tif"],
    ["F05", "i08b-float-0-255.tif"],
    ["F07", "i13-imagej-CYX.tif"],
  ])("%s: %s shows what plain-image.png shows", async (_, name) => {
    const plain = await readImage(join(cases, "plain-image.png"));
    expect((await readImage(join(cases, name))).image.data.length).toBe(plain.image.data.length);
    expect(await means(name)).toEqual(await means("plain-image.png"));
  });

  it("F09: a profile is converted, and said", async () => {
    expect(await means("plain-image.png")).toEqual([210, 140, 224]);
    expect(await means("k1-icc-p3.png")).toEqual([221, 136, 229]);
    expect(await remarks(join(cases, "k1-icc-p3.png"))).toEqual(["profile sP3C converted to sRGB"]);
  });
});

describe("what a tester found", () => {
  const float = Float32Array.from({ length: 64 }, (_, i) => i / 64);

  it("a TIFF that is cut off, or lacks a strip, is not a black picture", async () => {
    await writeTiff(at("whole.tif"), [{ width: 8, height: 8, data: float }]);
    const whole = await readFile(at("whole.tif"));
    // The directory first, the pixels behind it, cut.
    const pixels = whole.subarray(8, 8 + 256);
    const moved = Buffer.concat([whole.subarray(0, 8), whole.subarray(264), pixels]);
    moved.writeUInt32LE(8, 4);
    const entry = 8 + 2 + 12 * 5;
    expect(moved.readUInt16LE(entry)).toBe(273);
    moved.writeUInt32LE(moved.length - 256, entry + 8);
    await writeFile(at("moved.tif"), moved);
    expect((await pixelsOf(at("moved.tif"))).length).toBe(192);
    await writeFile(at("cut.tif"), moved.subarray(0, moved.length - 100));
    await expect(readImage(at("cut.tif"))).rejects.toMatchObject({ code: "IMAGE_CORRUPT", place: at("cut.tif") });
    moved.writeUInt32LE(0, entry + 8);
    await writeFile(at("absent.tif"), moved);
    await expect(readImage(at("absent.tif"))).rejects.toMatchObject({ code: "IMAGE_CORRUPT" });
  });

  it("pages that lead back to themselves end", async () => {
    const page = { width: 1, height: 1, data: Uint8Array.from([7]) };
    await writeTiff(at("loop.tif"), [page, page]);
    const bytes = await readFile(at("loop.tif"));
    const first = bytes.readUInt32LE(4);
    const second = bytes.readUInt32LE(first + 2 + 12 * bytes.readUInt16LE(first));
    bytes.writeUInt32LE(first, second + 2 + 12 * bytes.readUInt16LE(second));
    await writeFile(at("loop.tif"), bytes);
    await expect(readImage(at("loop.tif"))).rejects.toMatchObject({ code: "IMAGE_CORRUPT" });
  });

  it.each([
    ["CIELAB", { samples: 3, photometric: 8, data: new Uint8Array(3) }],
    ["YCbCr without JPEG", { samples: 3, photometric: 6, data: new Uint8Array(3) }],
    ["white as 0 of floats", { photometric: 0, data: new Float32Array(1) }],
    ["a colour filter array", { photometric: 32803, data: new Uint8Array(1) }],
    ["packed 12-bit RGB", { samples: 3, data: new Uint8Array(5), tags: { 258: [12, 12, 12] } }],
    ["LZMA", { data: new Uint8Array(1), tags: { 259: [34925] } }],
  ])("%s is refused, not guessed", async (name, page) => {
    await writeTiff(at(`${name}.tif`), [{ width: 1, height: 1, ...page }]);
    await expect(readImage(at(`${name}.tif`))).rejects.toMatchObject({
      code: "IMAGE_UNCLEAR",
      place: at(`${name}.tif`),
    });
  });

  it("opaque is what colours go up to", async () => {
    for (const data of [Float32Array, Uint16Array, Uint32Array].map((kind) => kind.from([10, 20, 200, 255]))) {
      await writeTiff(at("opaque.tif"), [{ width: 1, height: 1, samples: 4, data, tags: { 338: [2] } }]);
      expect(await pixelsOf(at("opaque.tif"))).toEqual([10, 20, 200]);
    }
  });

  it("fractions that go a little beyond 1 are asked about; with a range they are read", async () => {
    await writeTiff(at("beyond.tif"), [{ width: 2, height: 1, data: Float32Array.from([0.5, 1.03]) }]);
    await expect(readImage(at("beyond.tif"))).rejects.toMatchObject({ next: expect.stringContaining("range: 1") });
    expect(await pixelsOf(at("beyond.tif"), { range: 1 })).toEqual([128, 128, 128, 255, 255, 255]);
  });

  it("channels that ImageJ shows in other colours, and two or four of them, are refused", async () => {
    const description = (count: number) => `ImageJ=1.53\nimages=${count}\nchannels=${count}\n`;
    const page = { width: 1, height: 1, data: Uint8Array.from([7]) };
    for (const count of [2, 4]) {
      await writeTiff(at("channels.tif"), [
        { ...page, tags: { 270: description(count) } },
        ...Array(count - 1).fill(page),
      ]);
      await expect(readImage(at("channels.tif"))).rejects.toMatchObject({
        found: expect.stringContaining(`${count} pages`),
      });
    }
  });

  it("four values of which the file explains three: the fourth is left out", async () => {
    await writeTiff(at("unexplained.tif"), [{ width: 1, height: 1, samples: 4, data: Uint8Array.from([1, 2, 3, 4]) }]);
    expect(await pixelsOf(at("unexplained.tif"))).toEqual([1, 2, 3]);
  });
});

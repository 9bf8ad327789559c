import { readFile, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { join } from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import {
  cases,
  casesAreHere,
  temporaryFolder,
  writeBmp,
  writePng,
  writePngChunks,
} from "../testing/draw-files.test-support.js";
import { writeTiff } from "../testing/write-tiff.test-support.js";
import { readImage } from "./read-image.js";

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});
const at = (name: string) => join(folder, name);
const pixels = async (path: string, options?: object) => [...(await readImage(path, options)).image.data];
const remarks = async (path: string, options?: object) => (await readImage(path, options)).remarks;

/** Two pixels: dark red, light green. */
const RGB = [200, 10, 20, 30, 240, 50];

describe("the formats, by content", () => {
  it.each(["png", "tif", "webp"])("%s", async (ending) => {
    const path = at(`plain.${ending}`);
    const drawn = sharp(Uint8Array.from(RGB), { raw: { width: 2, height: 1, channels: 3 } });
    await (ending === "webp" ? drawn.webp({ lossless: true }) : drawn).toFile(path);
    if (ending === "tif") await drawn.tiff({ compression: "lzw" }).toFile(path);
    expect(await pixels(path)).toEqual(RGB);
    expect(await remarks(path)).toEqual([]);
  });

  it("whatever the ending says", async () => {
    await sharp(Uint8Array.from(RGB), { raw: { width: 2, height: 1, channels: 3 } })
      .png()
      .toFile(at("really.png"));
    await writeFile(at("named.jpg"), await sharp(at("really.png")).png().toBuffer());
    expect(await pixels(at("named.jpg"))).toEqual(RGB);
  });

  it("BMP of 24 bits, from the bottom up and from the top down", async () => {
    const bgr = (offset: number) => Uint8Array.from([RGB[offset + 2], RGB[offset + 1], RGB[offset]]);
    await writeBmp(at("up.bmp"), { width: 1, height: 2, bits: 24 }, [bgr(3), bgr(0)]);
    await writeBmp(at("down.bmp"), { width: 1, height: -2, bits: 24 }, [bgr(0), bgr(3)]);
    expect(await pixels(at("up.bmp"))).toEqual(RGB);
    expect(await pixels(at("down.bmp"))).toEqual(RGB);
  });

  it.each([1, 4, 8])("BMP with a palette, %i bits", async (bits) => {
    const rows = { 1: [0b01000000], 4: [0x01], 8: [0, 1] }[bits] as number[];
    await writeBmp(at(`palette${bits}.bmp`), { width: 2, height: 1, bits, palette: [0xc80a14, 0x1ef032] }, [
      Uint8Array.from(rows),
    ]);
    expect(await pixels(at(`palette${bits}.bmp`))).toEqual(RGB);
    expect(await remarks(at(`palette${bits}.bmp`))).toEqual(["palette converted to colours"]);
  });

  it("BMP of 16 and 32 bits, by the bits that its header names", async () => {
    await writeBmp(at("b16.bmp"), { width: 1, height: 1, bits: 16, masks: [0xf800, 0x07e0, 0x001f] }, [
      Uint8Array.from([0x1f, 0xf8]),
    ]);
    expect(await pixels(at("b16.bmp"))).toEqual([255, 0, 255]);
    await writeBmp(at("b32.bmp"), { width: 1, height: 1, bits: 32 }, [Uint8Array.from([3, 2, 1, 0])]);
    expect(await pixels(at("b32.bmp"))).toEqual([1, 2, 3]);
  });

  it("JPEG 2000, whole and cut off", async () => {
    const whole = await encodeJpeg2000(
      Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => (i * 7) & 255),
      32,
      32,
      3,
    );
    await writeFile(at("whole.j2k"), whole);
    const { image, header } = await readImage(at("whole.j2k"));
    expect([...image.data.subarray(0, 4)]).toEqual([0, 7, 14, 21]);
    expect(header).toMatchObject({ format: "jpeg2000", lossy: false, width: 32, height: 32 });
    for (const bytes of [150, whole.length / 2, whole.length - 2]) {
      await writeFile(at("cut.j2k"), whole.subarray(0, bytes));
      await expect(readImage(at("cut.j2k"))).rejects.toMatchObject({ code: "IMAGE_CORRUPT", place: at("cut.j2k") });
    }
  });

  it.each([
    ["an SVG", "<svg xmlns='http://www.w3.org/2000/svg'/>"],
    ["a GIF", "GIF89a\x01\0\x01\0\0\0\0;"],
    ["text", "only words, many of them"],
    ["an XML file", "<?xml version='1.0'?><svg/>"],
  ])("not %s, whatever it is called", async (found, content) => {
    await writeFile(at("other.jpg"), content, "latin1");
    await expect(readImage(at("other.jpg"))).rejects.toMatchObject({
      code: "NO_PICTURE",
      found,
      place: at("other.jpg"),
    });
  });
});

describe("more than 8 bits", () => {
  const deep = Uint16Array.from([0, 128, 255, 1, 0, 77]);

  it.each([
    ["255", deep, [0, 128, 255, 1, 0, 77], "16-bit values 0…255 kept as they are"],
    ["4095", deep.map((value) => value * 16), [0, 128, 254, 1, 0, 77], "16-bit values 0…4095 scaled to 0…255"],
    ["65535", deep.map((value) => value * 257), [0, 128, 255, 1, 0, 77], "16-bit values 0…65535 scaled to 0…255"],
    ["1", deep.map((value) => Number(value > 0)), [0, 255, 255, 255, 0, 255], "16-bit values 0…1 scaled to 0…255"],
  ])("within 0…%s", async (name, data, expected, remark) => {
    await writePng(at(`deep${name}.png`), data, 2, 3);
    await writeTiff(at(`deep${name}.tif`), [{ width: 2, height: 1, samples: 3, data }]);
    for (const ending of ["png", "tif"]) {
      expect(await pixels(at(`deep${name}.${ending}`))).toEqual(expected);
      expect(await remarks(at(`deep${name}.${ending}`))).toEqual([remark]);
    }
  });

  it("by the range that is said, values above it white", async () => {
    await writePng(at("said.png"), deep, 2, 3);
    expect(await pixels(at("said.png"), { range: 127.5 })).toEqual([0, 255, 255, 2, 0, 154]);
  });

  it("keeps what was read of 16 full bits: the upper half", async () => {
    await writePng(at("full.png"), Uint16Array.from([0, 32896, 65535, 257, 511, 0]), 2, 3);
    expect(await pixels(at("full.png"))).toEqual([0, 128, 255, 1, 1, 0]);
  });

  it.each([
    ["fractions", Float32Array.from([0, 0.5, 1, 0.2, 0.1, 0]), [0, 128, 255, 51, 26, 0]],
    ["floats of 0…255", Float32Array.from([0, 128, 255, 1.4, 0, 77]), [0, 128, 255, 1, 0, 77]],
    ["doubles", Float64Array.from([0, 128, 255, 1.4, 0, 77]), [0, 128, 255, 1, 0, 77]],
    ["32-bit integers", Uint32Array.from([0, 128, 255, 1, 0, 77]), [0, 128, 255, 1, 0, 77]],
    ["signed integers", Int16Array.from([0, 128, 255, 1, 0, 77]), [0, 128, 255, 1, 0, 77]],
  ])("as %s", async (name, data, expected) => {
    const path = at(`${name}.tif`);
    await writeTiff(path, [{ width: 2, height: 1, samples: 3, data }]);
    expect(await pixels(path)).toEqual(expected);
  });

  it("as the file says it, not as this picture's values happen to be", async () => {
    await writeTiff(at("tagged.tif"), [
      { width: 2, height: 1, samples: 3, data: deep, tags: { 281: [4095, 4095, 4095] } },
    ]);
    expect(await pixels(at("tagged.tif"))).toEqual([0, 8, 16, 0, 0, 5]);
    // A largest value is not a range.
    await writeTiff(at("maximum.tif"), [
      { width: 2, height: 1, samples: 3, data: deep, tags: { 281: [231, 231, 231] } },
    ]);
    expect(await pixels(at("maximum.tif"))).toEqual([...deep]);
  });

  it.each([
    ["negative values", Float32Array.from([-1, 0, 1, 0, 0, 0]), "values from -1 to 1", "from 0 on"],
    ["values above all ranges", Uint32Array.from([0, 70000, 1, 0, 0, 0]), "values from 0 to 70000", "range: 70000"],
    [
      "values that are none",
      Float32Array.from([Number.NaN, 0, 1, 0, 0, 0]),
      "1 values that are none (NaN or infinite)",
      "",
    ],
  ])("not %s", async (name, data, found, next) => {
    const path = at(`${name}.tif`);
    await writeTiff(path, [{ width: 2, height: 1, samples: 3, data }]);
    await expect(readImage(path)).rejects.toMatchObject({
      code: "IMAGE_UNCLEAR",
      place: path,
      found,
      next: expect.stringContaining(next),
    });
  });
});

describe("colours", () => {
  it("grey is spread, and said", async () => {
    await writePng(at("grey.png"), Uint8Array.from([0, 100, 200, 255]), 2, 1);
    expect(await pixels(at("grey.png"))).toEqual([0, 0, 0, 100, 100, 100, 200, 200, 200, 255, 255, 255]);
    expect(await remarks(at("grey.png"))).toEqual(["grey spread over red, green and blue"]);
  });

  it("CMYK is converted, and said", async () => {
    const drawn = sharp({ create: { width: 8, height: 8, channels: 3, background: { r: 0, g: 0, b: 0 } } });
    await drawn.toColourspace("cmyk").jpeg().toFile(at("cmyk.jpg"));
    const { image, remarks: said } = await readImage(at("cmyk.jpg"));
    expect(image.data).toHaveLength(8 * 8 * 3);
    expect(Math.max(...image.data)).toBeLessThan(60);
    expect(said).toEqual(["CMYK converted to sRGB"]);
  });

  it("transparency is laid on white; an alpha that is opaque changes nothing", async () => {
    await writePng(at("alpha.png"), Uint8Array.from([10, 20, 30, 255, 10, 20, 30, 0, 10, 20, 30, 51]), 3, 4);
    expect(await pixels(at("alpha.png"))).toEqual([10, 20, 30, 255, 255, 255, 206, 208, 210]);
    expect(await remarks(at("alpha.png"))).toEqual(["transparent pixels laid on white"]);
    await writePng(at("opaque.png"), Uint8Array.from([10, 20, 30, 255]), 1, 4);
    expect(await pixels(at("opaque.png"))).toEqual([10, 20, 30]);
    expect(await remarks(at("opaque.png"))).toEqual([]);
  });

  it("transparency that was multiplied in already, and a fourth value that is none", async () => {
    const page = { width: 1, height: 1, samples: 4, data: Uint8Array.from([10, 20, 30, 128]) };
    await writeTiff(at("premultiplied.tif"), [{ ...page, tags: { 338: [1] } }]);
    expect(await pixels(at("premultiplied.tif"))).toEqual([137, 147, 157]);
    await writeTiff(at("fourth.tif"), [{ ...page, tags: { 338: [0] } }]);
    expect(await pixels(at("fourth.tif"))).toEqual([10, 20, 30]);
    expect((await remarks(at("fourth.tif")))[0]).toContain("does not call alpha");
  });

  it("a profile is converted unless it is sRGB by another name", async () => {
    const drawn = sharp(Uint8Array.from(RGB), { raw: { width: 2, height: 1, channels: 3 } });
    await writeFile(at("p3.png"), await drawn.clone().withIccProfile("p3", { attach: true }).png().toBuffer());
    await writeFile(at("srgb.png"), await drawn.clone().withIccProfile("srgb", { attach: true }).png().toBuffer());
    expect(await pixels(at("srgb.png"))).toEqual(RGB);
    expect(await remarks(at("srgb.png"))).toEqual([]);
    // Converted to P3 while it was written, and back while it is read.
    const back = await pixels(at("p3.png"));
    for (const [i, value] of back.entries()) expect(Math.abs(value - RGB[i])).toBeLessThanOrEqual(2);
    expect((await remarks(at("p3.png")))[0]).toMatch(/^profile .* converted to sRGB$/);
  });

  it("a gamma that is not applied is said", async () => {
    const gamma = Buffer.alloc(4);
    gamma.writeUInt32BE(100_000);
    await writePngChunks(
      at("gamma.png"),
      { width: 1, height: 1, bits: 8, type: 2 },
      [Uint8Array.from([1, 2, 3])],
      [["gAMA", gamma]],
    );
    expect(await pixels(at("gamma.png"))).toEqual([1, 2, 3]);
    expect(await remarks(at("gamma.png"))).toEqual(["the file's gamma 1 is not applied"]);
  });
});

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

function mean(values: Uint8Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

async function encodeJpeg2000(
  data: Uint8Array,
  width: number,
  height: number,
  componentCount: number,
): Promise<Buffer> {
  const require = createRequire(import.meta.url);
  const create = require("@cornerstonejs/codec-openjpeg/wasmjs");
  const codec = await create({ locateFile: () => require.resolve("@cornerstonejs/codec-openjpeg/wasm"), print() {} });
  const encoder = new codec.J2KEncoder();
  encoder.getDecodedBuffer({ width, height, bitsPerSample: 8, componentCount, isSigned: false }).set(data);
  encoder.setQuality(true, 0);
  encoder.encode();
  return Buffer.from(encoder.getEncodedBuffer().slice());
}

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

async function pixelsOf(path: string, options?: object): Promise<number[]> {
  return [...(await readImage(path, options)).image.data];
}

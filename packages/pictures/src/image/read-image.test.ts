import { writeFile } from "node:fs/promises";
import sharp from "sharp";
import { describe, expect, it } from "vitest";
import { writeBmp, writePng, writePngChunks } from "../testing/draw-files.test-support.js";
import { writeTiff } from "../testing/write-tiff.test-support.js";
import { readImage } from "./read-image.js";
import { at, encodeJpeg2000, pixels, RGB, remarks } from "./read-image.test-support.js";

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

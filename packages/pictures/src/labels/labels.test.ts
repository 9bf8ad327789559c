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
import { tallyLabels } from "./label-tally.js";
import { maskOf } from "./mask-of.js";
import { type MaskRule, settleMaskRule } from "./mask-rule.js";
import { readLabels } from "./read-labels.js";

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});
const at = (name: string) => join(folder, name);
const mask = async (path: string, rule?: MaskRule) => [...maskOf(await readLabels(path), rule).data];
const tallies = (...paths: string[]) => Promise.all(paths.map(async (path) => tallyLabels(await readLabels(path))));

describe("lossless masks: 0 and one other label", () => {
  it.each([
    ["0/1", 1, [0, 1, 1, 0]],
    ["0/255", 1, [0, 255, 255, 0]],
    ["0/128", 1, [0, 128, 128, 0]],
    ["three channels", 3, [0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 0]],
    ["three channels of 0/1", 3, [0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0]],
    ["opaque RGBA", 4, [0, 0, 0, 255, 1, 1, 1, 255, 1, 1, 1, 255, 0, 0, 0, 255]],
  ] as const)("%s", async (name, channels, bytes) => {
    const path = at(`mask-${name.replace(/\W/g, "")}.png`);
    await writePng(path, Uint8Array.from(bytes), 2, channels);
    expect(await mask(path)).toEqual([0, 1, 1, 0]);
  });

  it.each([
    ["16 bits of 0/1", Uint16Array.from([0, 1, 1, 0])],
    ["16 bits of 0/65535", Uint16Array.from([0, 65535, 65535, 0])],
    ["32 bits", Int32Array.from([0, 7, 7, 0])],
    ["floats", Float32Array.from([0, 1, 1, 0])],
    ["doubles of 0/255", Float64Array.from([0, 255, 255, 0])],
    ["a negative label", Int16Array.from([0, -1, -1, 0])],
  ])("%s", async (name, data) => {
    const path = at(`mask-${name.replace(/\W/g, "")}.tif`);
    await writeTiff(path, [{ width: 2, height: 2, data }]);
    expect(await mask(path)).toEqual([0, 1, 1, 0]);
    if (data instanceof Uint16Array) {
      await writePng(at("deep.png"), data, 2, 1);
      expect(await mask(at("deep.png"))).toEqual([0, 1, 1, 0]);
    }
  });

  it.each([1, 2, 4])("%i-bit PNG and BMP keep their labels", async (bits) => {
    // 0 1 1 0
    const row = { 1: [0b01100000], 2: [0b00010100], 4: [0x01, 0x10] }[bits] as number[];
    await writePngChunks(at(`bits${bits}.png`), { width: 4, height: 1, bits, type: 0 }, [Uint8Array.from(row)]);
    const labels = await readLabels(at(`bits${bits}.png`));
    expect([...labels.values]).toEqual([0, 1, 1, 0]);
    if (bits === 2) return;
    await writeBmp(at(`bits${bits}.bmp`), { width: 4, height: 1, bits, palette: [0, 0xffffff] }, [
      Uint8Array.from(row),
    ]);
    expect(await mask(at(`bits${bits}.bmp`))).toEqual([0, 1, 1, 0]);
  });

  it("of one bit with a palette of greys, by its greys", async () => {
    const grey = sharp(Uint8Array.from([0, 255, 255, 0]), { raw: { width: 2, height: 2, channels: 1 } });
    await grey.png({ palette: true, colours: 2 }).toFile(at("greys.png"));
    expect(await mask(at("greys.png"))).toEqual([0, 1, 1, 0]);
  });

  it("with a coloured palette, by index", async () => {
    const palette = Uint8Array.from([0, 0, 0, 128, 0, 0]);
    await writePngChunks(
      at("voc.png"),
      { width: 4, height: 1, bits: 8, type: 3 },
      [Uint8Array.from([0, 1, 1, 0])],
      [["PLTE", palette]],
    );
    expect(await mask(at("voc.png"))).toEqual([0, 1, 1, 0]);
    expect(await mask(at("voc.png"), { foreground: ["#800000"] })).toEqual([0, 1, 1, 0]);
  });

  it("with other values are refused, with the labels and the option", async () => {
    await writePng(at("labels.png"), Uint8Array.from([0, 1, 2, 2]), 2, 1);
    await expect(mask(at("labels.png"))).rejects.toMatchObject({
      code: "MASK_NOT_BINARY",
      place: at("labels.png"),
      found: "2 (50 %), 0 (25 %), 1 (25 %)",
      next: expect.stringContaining("classes: { tumour: [2, 1] }"),
    });
    await writePng(at("nozero.png"), Uint8Array.from([3, 5, 5, 3]), 2, 1);
    await expect(mask(at("nozero.png"))).rejects.toMatchObject({
      code: "MASK_NOT_BINARY",
      found: "3 (50 %), 5 (50 %)",
    });
    await writePng(at("red.png"), Uint8Array.from([0, 0, 0, 255, 0, 0]), 2, 3);
    await expect(mask(at("red.png"))).rejects.toMatchObject({
      code: "MASK_NOT_BINARY",
      found: "#000000 (50 %), #ff0000 (50 %)",
      next: expect.stringContaining('classes: { tumour: "#ff0000" }'),
    });
    await writeTiff(at("nan.tif"), [{ width: 2, height: 1, data: Float32Array.from([0, Number.NaN]) }]);
    await expect(mask(at("nan.tif"))).rejects.toMatchObject({ code: "MASK_NOT_BINARY" });
  });
});

describe("classes", () => {
  it("by number, several and to be ignored", async () => {
    await writePng(at("classes.png"), Uint8Array.from([0, 1, 2, 3, 4, 9]), 6, 1);
    expect(await mask(at("classes.png"), { foreground: [1, 3], ignored: [4] })).toEqual([0, 1, 0, 1, 255, 0]);
  });

  it("by colour", async () => {
    await writePng(at("colours.png"), Uint8Array.from([255, 0, 0, 0, 255, 0, 0, 0, 0]), 3, 3);
    expect(await mask(at("colours.png"), { foreground: ["#FF0000"] })).toEqual([1, 0, 0]);
    const [tally] = await tallies(at("colours.png"));
    expect(settleMaskRule([tally], { foreground: [3] }).together).toMatchObject([
      { code: "MASK_NOT_BINARY", found: expect.stringContaining("#ff0000"), place: at("colours.png") },
    ]);
  });

  it("that no mask holds are said", async () => {
    await writePng(at("one.png"), Uint8Array.from([0, 1]), 2, 1);
    const { warnings, problems } = settleMaskRule(await tallies(at("one.png")), { foreground: [1, 3] });
    expect(problems).toEqual([]);
    expect(warnings).toEqual(["no mask holds the label 3 of `classes`"]);
  });
});

describe("the rule of all masks together", () => {
  it("refuses labels that differ between files", async () => {
    await writePng(at("a.png"), Uint8Array.from([0, 1]), 2, 1);
    await writePng(at("b.png"), Uint8Array.from([0, 255]), 2, 1);
    expect(settleMaskRule(await tallies(at("a.png"), at("b.png")), {}).together).toMatchObject([
      {
        code: "MASK_NOT_BINARY",
        found: "all masks together hold 0 (50 %), 1 (25 %), 255 (25 %)",
        next: expect.stringContaining("classes: { tumour: [1, 255] }"),
      },
    ]);
    expect(settleMaskRule(await tallies(at("a.png"), at("a.png")), {}).problems).toEqual([]);
  });

  it("refuses palettes that differ", async () => {
    const write = (name: string, colour: number[]) =>
      writePngChunks(
        at(name),
        { width: 2, height: 1, bits: 8, type: 3 },
        [Uint8Array.from([0, 1])],
        [["PLTE", Uint8Array.from([0, 0, 0, ...colour])]],
      );
    await write("p1.png", [128, 0, 0]);
    await write("p2.png", [0, 128, 0]);
    expect(settleMaskRule(await tallies(at("p1.png"), at("p2.png")), {}).together).toMatchObject([
      { code: "PALETTES_DIFFER", place: at("p2.png"), found: "#008000" },
    ]);
  });

  it("finds labels in alpha where only alpha tells pixels apart", async () => {
    await writePng(at("alpha.png"), Uint8Array.from([0, 0, 0, 0, 0, 0, 0, 255]), 2, 4);
    await writePng(at("whole.png"), Uint8Array.from([0, 0, 0, 255, 0, 0, 0, 255]), 2, 4);
    const both = settleMaskRule(await tallies(at("alpha.png"), at("whole.png")), {});
    expect(both).toMatchObject({ rule: { channel: "alpha" }, problems: [] });
    expect(await mask(at("alpha.png"), both.rule)).toEqual([0, 1]);
    // By itself it could be an empty mask.
    expect(await mask(at("whole.png"), both.rule)).toEqual([1, 1]);
    expect(await mask(at("whole.png"))).toEqual([0, 0]);
  });

  it("refuses alpha and colours that say different things", async () => {
    await writePng(at("both.png"), Uint8Array.from([0, 0, 0, 255, 255, 255, 255, 0]), 2, 4);
    expect(settleMaskRule(await tallies(at("both.png")), {}).together).toMatchObject([
      { code: "MASK_UNCLEAR", next: expect.stringContaining("maskChannel: alpha") },
    ]);
    expect(await mask(at("both.png"), { channel: "alpha" })).toEqual([1, 0]);
    expect(await mask(at("both.png"), { channel: "colour" })).toEqual([0, 1]);
  });
});

describe("lossy masks", () => {
  const jpeg = async (name: string, level: number) => {
    const data = Uint8Array.from({ length: 32 * 32 }, (_, i) => (i % 32 < 16 ? level : 0));
    const drawn = sharp(data, { raw: { width: 32, height: 32, channels: 1 } }).toColourspace("b-w");
    await drawn.jpeg({ quality: 95 }).toFile(at(name));
  };
  const area = async (name: string, rule?: MaskRule) =>
    (await mask(at(name), rule)).reduce((sum, each) => sum + each, 0);

  it.each([255, 128])("of 0/%i are cut in the middle of the data set's range", async (level) => {
    await jpeg(`full${level}.jpg`, level);
    await jpeg("empty.jpg", 0);
    const { rule, problems, warnings } = settleMaskRule(await tallies(at(`full${level}.jpg`), at("empty.jpg")), {});
    expect(problems).toEqual([]);
    expect(warnings).toEqual([expect.stringContaining("2 masks are lossy")]);
    expect(await area(`full${level}.jpg`, rule)).toBe(512);
    expect(await area("empty.jpg", rule)).toBe(0);
  });

  it("of 0/1 are refused: labels and noise are alike", async () => {
    await jpeg("ones.jpg", 1);
    expect(settleMaskRule(await tallies(at("ones.jpg")), {}).together).toMatchObject([
      { code: "MASK_NOT_BINARY", next: expect.stringContaining("PNG") },
    ]);
    await expect(mask(at("ones.jpg"))).rejects.toMatchObject({ code: "MASK_NOT_BINARY" });
    expect(await area("ones.jpg", { threshold: 0.5 })).toBe(512);
  });

  it("of colours, or with classes, are refused", async () => {
    const red = Uint8Array.from({ length: 32 * 32 * 3 }, (_, i) => (i % 3 === 0 && i % 96 < 48 ? 255 : 0));
    await sharp(red, { raw: { width: 32, height: 32, channels: 3 } })
      .jpeg()
      .toFile(at("red.jpg"));
    expect(settleMaskRule(await tallies(at("red.jpg")), {}).problems[0]).toMatchObject({ code: "MASK_NOT_BINARY" });
    await jpeg("classes.jpg", 255);
    expect(settleMaskRule(await tallies(at("classes.jpg")), { foreground: [255] }).together).toHaveLength(1);
  });
});

describe.runIf(casesAreHere)("the cases", () => {
  const share = async (name: string, rule?: MaskRule) => {
    const data = await mask(join(cases, name), rule);
    return data.reduce((sum, each) => sum + each, 0) / data.length;
  };

  it.each([
    ["F01", "m02-png16-01.png"],
    ["F11", "m09-alpha-black.png"],
    ["F35", "m08-palette-voc.png"],
  ])("%s: %s is what plain-mask.png is", async (_, name) => {
    expect(await share(name)).toBe(await share("plain-mask.png"));
  });

  it.each([
    ["F14", "m10b-jpeg-0-1.jpg"],
    ["P03", "m11-antialiased.png"],
    ["P03", "m18-red-png.png"],
  ])("%s: %s is refused", async (_, name) => {
    await expect(share(name)).rejects.toMatchObject({ code: "MASK_NOT_BINARY", place: join(cases, name) });
  });

  it("P03: a colour that is named is read", async () => {
    expect(await share("m18-red-png.png", { foreground: ["#ff0000"] })).toBe(await share("plain-mask.png"));
  });
});

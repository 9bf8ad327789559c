import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import sharp from "sharp";
import { beforeAll, describe, expect, it } from "vitest";
import { temporaryFolder, writePicture } from "../testing/picture-folder.js";
import { decodeMask, decodeRgb } from "./decode.js";
import { readImageSize } from "./image-size.js";

let folder: string;
beforeAll(async () => {
  folder = await temporaryFolder();
});

describe("images", () => {
  it("come as RGB, whatever they were", async () => {
    const grey = join(folder, "grey.png");
    await writePicture(grey, Uint8Array.from([0, 100, 200, 255]), 2, 2, 1);
    expect([...(await decodeRgb(grey)).data]).toEqual([0, 0, 0, 100, 100, 100, 200, 200, 200, 255, 255, 255]);
    const rgba = join(folder, "rgba.png");
    await writePicture(rgba, Uint8Array.from([1, 2, 3, 255, 4, 5, 6, 0]), 2, 1, 4);
    expect([...(await decodeRgb(rgba)).data]).toEqual([1, 2, 3, 4, 5, 6]);
  });

  it("of 16 bits are scaled to 8", async () => {
    const path = join(folder, "deep.png");
    const deep = Uint16Array.from([0, 32896, 65535, 257, 0, 0]);
    await sharp(deep, { raw: { width: 2, height: 1, channels: 3 } })
      .toColourspace("rgb16")
      .toFile(path);
    expect([...(await decodeRgb(path)).data]).toEqual([0, 128, 255, 1, 0, 0]);
  });

  it("tell their size from the header", async () => {
    for (const name of ["a.png", "a.jpg", "a.tif"]) {
      const path = join(folder, name);
      await writePicture(path, new Uint8Array(7 * 5 * 3), 7, 5, 3);
      expect(await readImageSize(path)).toEqual({ width: 7, height: 5 });
    }
  });

  it("that are cut off are named", async () => {
    const path = join(folder, "cut.png");
    const whole = await sharp({
      create: {
        width: 64,
        height: 64,
        channels: 3,
        noise: { type: "gaussian", mean: 99, sigma: 40 },
        background: "red",
      },
    })
      .png()
      .toBuffer();
    await writeFile(path, whole.subarray(0, whole.length / 2));
    await expect(decodeRgb(path)).rejects.toMatchObject({ code: "IMAGE_CORRUPT", place: path });
    const empty = join(folder, "empty.png");
    await writeFile(empty, "");
    await expect(readImageSize(empty)).rejects.toMatchObject({ code: "IMAGE_CORRUPT", place: empty });
  });

  it("that are gone are named", async () => {
    const path = join(folder, "nowhere.png");
    await expect(decodeRgb(path)).rejects.toMatchObject({ code: "FILE_MISSING", place: path });
  });
});

describe("masks", () => {
  it.each([
    ["0/1", 1, [0, 1, 1, 0]],
    ["0/255", 1, [0, 255, 255, 0]],
    ["three channels", 3, [0, 0, 0, 255, 255, 255, 255, 255, 255, 0, 0, 0]],
    ["three channels of 0/1", 3, [0, 0, 0, 1, 1, 1, 1, 1, 1, 0, 0, 0]],
  ] as const)("%s", async (name, channels, bytes) => {
    const path = join(folder, `mask-${name.replace(/\W/g, "")}.png`);
    await writePicture(path, Uint8Array.from(bytes), 2, 2, channels);
    expect([...(await decodeMask(path)).data]).toEqual([0, 1, 1, 0]);
  });

  it("of one bit with a palette", async () => {
    const path = join(folder, "palette.png");
    const grey = sharp(Uint8Array.from([0, 255, 255, 0]), { raw: { width: 2, height: 2, channels: 1 } });
    await grey.png({ palette: true, colours: 2 }).toFile(path);
    expect([...(await decodeMask(path)).data]).toEqual([0, 1, 1, 0]);
  });

  it("saved as JPEG are thresholded", async () => {
    const path = join(folder, "mask.jpg");
    const bytes = Uint8Array.from({ length: 32 * 32 }, (_, i) => (i % 32 < 16 ? 255 : 0));
    await writePicture(path, bytes, 32, 32, 1);
    expect((await decodeMask(path)).data.reduce((sum, each) => sum + each, 0)).toBe(512);
  });

  it("with other values are refused", async () => {
    const path = join(folder, "labels.png");
    await writePicture(path, Uint8Array.from([0, 1, 2, 3]), 2, 2, 1);
    await expect(decodeMask(path)).rejects.toMatchObject({ code: "MASK_NOT_BINARY", place: path });
    const coloured = join(folder, "coloured.png");
    await writePicture(coloured, Uint8Array.from([0, 0, 0, 255, 0, 0]), 2, 1, 3);
    await expect(decodeMask(coloured)).rejects.toMatchObject({ code: "MASK_NOT_BINARY", place: coloured });
  });
});

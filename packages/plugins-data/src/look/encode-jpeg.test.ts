import type { RgbImage } from "@eosin/plugin-api/imaging";
import sharp from "sharp";
import { expect, test } from "vitest";
import { drawPatch } from "../dataset/synthetic/draw-patch.js";
import { createJpegEncoder } from "./encode-jpeg.js";
import { picture } from "./looked.test-support.js";

const sizes = [
  [96, 96],
  [96, 61],
  [23, 96],
  [8, 8],
  [9, 2],
  [1, 1],
  [1, 96],
] as const;

/** Mean square of what differs. */
async function error(jpeg: Uint8Array, { width, height, data }: RgbImage): Promise<number> {
  const { data: decoded, info } = await sharp(jpeg).raw().toBuffer({ resolveWithObject: true });
  expect(info).toMatchObject({ width, height, channels: 3 });
  return data.reduce((sum, value, i) => sum + (value - decoded[i]) ** 2, 0) / data.length;
}

async function byLibvips({ data, ...size }: RgbImage, quality: number): Promise<Uint8Array> {
  const drawn = sharp(data, { raw: { ...size, channels: 3 } });
  return drawn.jpeg({ quality, chromaSubsampling: "4:4:4", optimiseCoding: false }).toBuffer();
}

test.each(sizes)("%i × %i: as like the picture as libvips has it, in as few bytes", async (width, height) => {
  const recipe = { seed: 3, scanner: "scanner-a", index: 0, size: 96, tumourFree: 0, confounders: 0.5, atypia: 0.5 };
  const { image } = await drawPatch("a", recipe);
  const data = Uint8Array.from({ length: 3 * width * height }, (_, i) => {
    const [x, y] = [Math.floor(i / 3) % width, Math.floor(i / 3 / width)];
    return image.data[3 * (y * image.width + x) + (i % 3)];
  });
  for (const tested of [{ width, height, data }, picture(width, height)]) {
    for (const quality of [50, 75, 100]) {
      const jpeg = createJpegEncoder(quality)(tested);
      const reference = await byLibvips(tested, quality);
      expect(await error(jpeg, tested)).toBeLessThan(1.05 * (await error(reference, tested)) + 2);
      expect(jpeg.length).toBeLessThan(1.02 * reference.length + 40);
    }
  }
});

test("one colour, and the hardest edges there are", async () => {
  const encode = createJpegEncoder(100);
  for (const value of [0, 119, 255]) {
    const grey = { width: 40, height: 24, data: new Uint8Array(40 * 24 * 3).fill(value) };
    expect(await error(encode(grey), grey)).toBe(0);
  }
  const data = Uint8Array.from({ length: 96 * 96 * 3 }, (_, i) => (Math.imul(i + 1, 2654435761) >>> 30 ? 255 : 0));
  const noise = { width: 96, height: 96, data };
  expect(await error(encode(noise), noise)).toBeLessThan(1.05 * (await error(await byLibvips(noise, 100), noise)) + 1);
});

import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import sharp, { type PngOptions } from "sharp";
import { expect, test } from "vitest";
import { readHeader } from "../../read-header.js";
import { sharpSamples } from "../../sharp-samples.js";
import { decodePlainPng } from "./plain-png.js";

const folder = mkdtempSync(join(tmpdir(), "eosin-plain-png-"));

async function written(name: string, channels: 1 | 3 | 4, options: PngOptions): Promise<string> {
  const [width, height] = [37, 29];
  // A slope with noise: every filter of PNG is used.
  const data = Uint8Array.from({ length: width * height * channels }, (_, i) => ((i * 7) ^ ((i * i) >> 3)) & 255);
  const path = join(folder, `${name}.png`);
  const picture = sharp(data, { raw: { width, height, channels } });
  writeFileSync(path, await (channels === 1 ? picture.toColourspace("b-w") : picture).png(options).toBuffer());
  return path;
}

test.each([
  ["grey", 1, {}],
  ["colours", 3, {}],
  ["interlaced", 3, { progressive: true }],
  ["adaptive filters", 3, { adaptiveFiltering: true, compressionLevel: 9 }],
] as const)("%s: the same bytes as libvips", async (name, channels, options) => {
  const path = await written(name, channels, options);
  const header = await readHeader(path);
  const decoded = await decodePlainPng(header, readFileSync(path));
  expect(decoded).toEqual((await sharpSamples(header)).data);
});

test.each([
  ["alpha", 4, {}],
  ["palette", 3, { palette: true }],
] as const)("%s is left to others", async (name, channels, options) => {
  const path = await written(name, channels, options);
  expect(await decodePlainPng(await readHeader(path), readFileSync(path))).toBeUndefined();
});

test("a file that is damaged or cut off is left to libvips, which says so", async () => {
  const path = await written("damaged", 3, {});
  const header = await readHeader(path);
  const whole = readFileSync(path);
  const flipped = Buffer.from(whole);
  flipped[whole.length >> 1] ^= 1;
  expect(await decodePlainPng(header, flipped)).toBeUndefined();
  expect(await decodePlainPng(header, whole.subarray(0, whole.length >> 1))).toBeUndefined();
  expect(await decodePlainPng(header, undefined)).toBeUndefined();
});

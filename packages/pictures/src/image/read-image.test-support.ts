import { createRequire } from "node:module";
import { join } from "node:path";
import { beforeAll } from "vitest";
import { temporaryFolder } from "../testing/draw-files.test-support.js";
import { readImage } from "./read-image.js";

export let folder: string;

beforeAll(async () => {
  folder = await temporaryFolder();
});

export const at = (name: string) => join(folder, name);

export const pixels = async (path: string, options?: object) => [...(await readImage(path, options)).image.data];

export const remarks = async (path: string, options?: object) => (await readImage(path, options)).remarks;

/** Two pixels: dark red, light green. */
export const RGB = [200, 10, 20, 30, 240, 50];

export function mean(values: Uint8Array): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

export async function encodeJpeg2000(
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

export async function pixelsOf(path: string, options?: object): Promise<number[]> {
  return [...(await readImage(path, options)).image.data];
}

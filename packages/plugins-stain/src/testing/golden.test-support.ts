import { existsSync, readdirSync, readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { gunzipSync } from "node:zlib";
import type { RgbImage } from "@eosin/plugin-api/imaging";
import sharp from "sharp";
import { isHere } from "../../../../test/fixtures/required.js";

const folder = fileURLToPath(new URL("../../../../../shared/golden/stain/", import.meta.url));

/** Whether the reference pictures are there; their tests are skipped otherwise. */
export const hasGolden = isHere("golden", existsSync(folder), "../shared/golden/stain");

export const TARGET = "ddd_db4b0298b346";
export const goldenIds: readonly string[] = hasGolden
  ? readdirSync(folder, { withFileTypes: true })
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name)
  : [];

export async function goldenImage(id: string, file = "input.png"): Promise<RgbImage> {
  const { data, info } = await sharp(`${folder}${id}/${file}`)
    .removeAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

export function goldenPath(id: string, file = "input.png"): string {
  return `${folder}${id}/${file}`;
}

export function goldenValues(id: string) {
  return JSON.parse(readFileSync(`${folder}${id}/values.json`, "utf8"));
}

export function goldenShared() {
  return JSON.parse(readFileSync(`${folder}shared.json`, "utf8"));
}

export function goldenDensities(id: string, file: string): Float64Array {
  const bytes = readFileSync(`${folder}${id}/${file}`);
  const start = 10 + bytes.readUInt16LE(8);
  return new Float64Array(new Uint8Array(bytes.subarray(start)).buffer);
}

export interface Difference {
  readonly largest: number;
  /** Shares of values that differ by more than 0, 1 and 2. */
  readonly over: readonly [number, number, number];
}

export function difference(a: ArrayLike<number>, b: ArrayLike<number>): Difference {
  if (a.length !== b.length) throw new Error(`lengths ${a.length} and ${b.length}`);
  let largest = 0;
  const over = [0, 0, 0];
  for (let i = 0; i < a.length; i++) {
    const d = Math.abs(a[i] - b[i]);
    if (!(d <= largest)) largest = d;
    for (let k = 0; k < 3; k++) if (!(d <= k)) over[k]++;
  }
  return { largest, over: [over[0] / a.length, over[1] / a.length, over[2] / a.length] };
}

/** Output of OpenCV's 8-bit conversion for every combination of 0, 17 … 255 in three channels, the last fastest. */
export function openCvGrid(name: "rgb2lab" | "lab2rgb" | "rgb2hsv"): { input: Uint8Array; output: Uint8Array } {
  const grids = JSON.parse(readFileSync(new URL("./opencv-grids.json", import.meta.url), "utf8"));
  const input = new Uint8Array(3 * 4096);
  for (let i = 0; i < 4096; i++) input.set([17 * (i >> 8), 17 * ((i >> 4) & 15), 17 * (i & 15)], 3 * i);
  return { input, output: new Uint8Array(gunzipSync(Buffer.from(grids[name], "base64"))) };
}

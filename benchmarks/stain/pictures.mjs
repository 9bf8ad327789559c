import { existsSync, readdirSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { createRng } from "../../packages/plugin-api/dist/index.js";
import { build } from "./components.mjs";

const require = createRequire(new URL("../../packages/plugins-data/package.json", import.meta.url));
export const sharp = require("sharp");

/** Side of a tile: the smallest patch of the folder is a little larger. */
const TILE = 313;
/** A pixel whose mean of red, green and blue is below this holds tissue; a tile is taken if this share of it does. */
const WHITISH = 205;
const RICH = 0.7;

/**
 * Tiles rich in tissue: of the folder's patches (task2/<scanner>/image/<id>.png), or drawn where it is absent.
 * @returns {Promise<{tiles: {domain: string, image: {width: number, height: number, data: Uint8Array}}[], source: string}>}
 */
export async function gatherTiles(folder, perScanner) {
  const real = existsSync(folder);
  const tiles = real ? await readTiles(folder, perScanner) : await drawTiles(perScanner);
  return { tiles, source: `${tiles.length} ${real ? "patches of the folder" : "drawn patches"}` };
}

async function readTiles(folder, perScanner) {
  const tiles = [];
  for (const domain of readdirSync(join(folder, "task2")).sort()) {
    const names = readdirSync(join(folder, "task2", domain, "image")).sort();
    let taken = 0;
    for (const name of names) {
      if (taken === perScanner) break;
      const image = cut(await readPicture(join(folder, "task2", domain, "image", name)), TILE, TILE, 0, 0);
      if (tissueShare(image) < RICH) continue;
      tiles.push({ domain, image });
      taken++;
    }
  }
  return tiles;
}

async function drawTiles(perScanner) {
  const dataset = await build("data/synthetic", { scanners: 3, perScanner, size: TILE });
  const { value } = await dataset.plan({ seed: 1 });
  const tiles = [];
  for (const entry of value.samples) tiles.push({ domain: entry.domain, image: (await dataset.read(entry)).image });
  return tiles;
}

/** A square picture of tiles in an order of `seed`, scanners mixed. */
export function mosaic(tiles, side, seed) {
  const data = new Uint8Array(3 * side * side);
  const across = Math.ceil(side / TILE);
  const order = [];
  for (let round = 0; order.length < across * across; round++) {
    order.push(...createRng("mosaic", seed, round).shuffle([...tiles]));
  }
  for (let row = 0; row < across; row++) {
    for (let column = 0; column < across; column++) {
      const { image } = order[row * across + column];
      const width = Math.min(TILE, side - column * TILE);
      for (let y = 0; y < Math.min(TILE, side - row * TILE); y++) {
        const line = image.data.subarray(3 * TILE * y, 3 * (TILE * y + width));
        data.set(line, 3 * ((row * TILE + y) * side + column * TILE));
      }
    }
  }
  return { width: side, height: side, data };
}

export async function readPicture(file) {
  const { data, info } = await sharp(file)
    .removeAlpha()
    .toColourspace("srgb")
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, data: new Uint8Array(data) };
}

export async function writePicture(file, { width, height, data }) {
  await sharp(data, { raw: { width, height, channels: data.length / (width * height) } })
    .png({ compressionLevel: 3 })
    .toFile(file);
}

/** @returns A picture of its own: contiguous pixels from (x, y). */
export function cut(picture, width, height, x, y) {
  const data = new Uint8Array(3 * width * height);
  for (let row = 0; row < height; row++) {
    const from = 3 * ((y + row) * picture.width + x);
    data.set(picture.data.subarray(from, from + 3 * width), 3 * width * row);
  }
  return { width, height, data };
}

/** Where the cut of that number is: [x, y] in 0…room−1, no place twice in room² numbers. @param room A power of 2. */
export function placeOf(number, room) {
  return [(number * 23) % room, (number * 23 * 7 + Math.floor(number / room)) % room];
}

/** As if under a lamp that gives a fiftieth of the light. */
export function almostBlack({ width, height, data }) {
  return { width, height, data: data.map((v) => v / 50) };
}

/** Stains that hardly show, but for an eighth of the picture: less tissue than 5 % and nothing would be done. */
export function almostWhite({ width, height, data }) {
  const kept = 3 * width * Math.ceil(height / 8);
  return { width, height, data: data.map((v, i) => (i < kept ? v : 255 - (255 - v) / 25)) };
}

function tissueShare({ data }) {
  let count = 0;
  for (let i = 0; i < data.length; i += 3) if (data[i] + data[i + 1] + data[i + 2] < 3 * WHITISH) count++;
  return (3 * count) / data.length;
}

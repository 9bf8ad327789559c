import { mkdirSync } from "node:fs";
import { join } from "node:path";
import { createRng } from "../../packages/plugin-api/dist/index.js";
import { cut, sharp } from "../stain/pictures.mjs";

const SIDE = 256;
/** Bytes below this in green, where both stains absorb, are foreground. */
const STAINED = 140;

/** Writes `count` pairs of cuts, no two alike: each of its own place, turn and lamp. */
export async function writePatches(folder, tiles, count) {
  for (const domain of new Set(tiles.map((tile) => tile.domain))) {
    for (const kind of ["image", "mask"]) mkdirSync(join(folder, domain, kind), { recursive: true });
  }
  const lanes = Array.from({ length: 4 }, (_, lane) => lane);
  await Promise.all(
    lanes.map(async (lane) => {
      for (let i = lane; i < count; i += lanes.length) await writePatch(folder, tiles[i % tiles.length], i);
    }),
  );
}

async function writePatch(folder, { domain, image }, number) {
  const rng = createRng("patch", number);
  const room = image.width - SIDE;
  const patch = cut(image, SIDE, SIDE, rng.integer(room), rng.integer(room));
  // Blocks in an order of their own: cuts of one tile would all be near-duplicates.
  const data = shuffledBlocks(patch.data, rng, 32);
  const lamp = 0.9 + 0.2 * rng.uniform();
  const rgb = data.map((value) => Math.min(255, Math.round(value * lamp)));
  const mask = Uint8Array.from({ length: SIDE * SIDE }, (_, i) => (rgb[3 * i + 1] < STAINED ? 255 : 0));
  const name = `${String(number).padStart(5, "0")}.png`;
  await write(join(folder, domain, "image", name), rgb, 3);
  await write(join(folder, domain, "mask", name), mask, 1);
}

function shuffledBlocks(data, rng, side) {
  const across = SIDE / side;
  const order = rng.shuffle(Array.from({ length: across * across }, (_, i) => i));
  const out = new Uint8Array(data.length);
  order.forEach((from, to) => {
    for (let y = 0; y < side; y++) {
      const source = 3 * ((Math.floor(from / across) * side + y) * SIDE + (from % across) * side);
      const target = 3 * ((Math.floor(to / across) * side + y) * SIDE + (to % across) * side);
      out.set(data.subarray(source, source + 3 * side), target);
    }
  });
  return out;
}

async function write(file, data, channels) {
  const picture = sharp(data, { raw: { width: SIDE, height: SIDE, channels } });
  await picture
    .toColourspace(channels === 1 ? "b-w" : "srgb")
    .png({ compressionLevel: 3 })
    .toFile(file);
}

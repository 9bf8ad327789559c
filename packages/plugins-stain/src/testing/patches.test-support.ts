import { createRng } from "@eosin/plugin-api";
import type { RgbImage } from "@eosin/plugin-api/imaging";
import type { StainMatrix } from "../estimation/stain-matrix.js";
import { orderedStains } from "../estimation/stain-matrix.js";

export const STAINS: StainMatrix = orderedStains([0.55, 0.76, 0.34], [0.1, 0.92, 0.38]);

/** Blobs of haematoxylin on eosin with a strip of background: exactly two stains by Beer–Lambert, rounded to bytes. */
export function drawPatch(
  width = 64,
  height = 48,
  matrix: StainMatrix = STAINS,
  seed: number | string = 1,
  white = 255,
): RgbImage {
  const rng = createRng("patch", seed);
  const blobs = Array.from({ length: 12 }, () => [rng.between(0, width), rng.between(0, height), rng.between(2, 5)]);
  const data = new Uint8Array(3 * width * height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < width; x++) {
      const background = x < width / 8;
      let h = background ? 0 : rng.between(0.05, 0.15);
      for (const [cx, cy, r] of blobs) if (!background && Math.hypot(x - cx, y - cy) < r) h = rng.between(0.7, 1.6);
      const e = background ? 0 : rng.between(0.2, 0.9);
      for (let c = 0; c < 3; c++) {
        data[3 * (y * width + x) + c] = Math.round(white * Math.exp(-h * matrix[0][c] - e * matrix[1][c]));
      }
    }
  }
  return { width, height, data };
}

export function flat(red: number, green: number, blue: number, width = 16, height = 16): RgbImage {
  const data = new Uint8Array(3 * width * height);
  for (let i = 0; i < data.length; i += 3) data.set([red, green, blue], i);
  return { width, height, data };
}

/** The same pixels in another order. */
export function shuffled(image: RgbImage): RgbImage {
  const order = createRng("shuffle").shuffle(Array.from({ length: image.width * image.height }, (_, i) => i));
  const data = new Uint8Array(image.data.length);
  for (const [to, from] of order.entries()) data.set(image.data.subarray(3 * from, 3 * from + 3), 3 * to);
  return { ...image, data };
}

const speck = flat(255, 255, 255, 40, 40);
speck.data.set([120, 60, 140], 0);
const oneStain = flat(255, 255, 255);
for (let i = 64; i < 256; i++) {
  const density = 0.3 + i / 200;
  for (let c = 0; c < 3; c++) oneStain.data[3 * i + c] = Math.round(255 * Math.exp(-density * STAINS[0][c]));
}

/** Patches with nothing to measure stains from. */
export const degenerate: { readonly [name: string]: RgbImage } = {
  white: flat(255, 255, 255),
  black: flat(0, 0, 0),
  "one colour": flat(150, 80, 160),
  "one white pixel": flat(255, 255, 255, 1, 1),
  "one tissue pixel": flat(150, 80, 160, 1, 1),
  "almost no tissue": speck,
};

/** A single stain of varying density. */
export const singleStain = oneStain;

function draw(width: number, height: number, colour: (x: number, y: number) => readonly [number, number, number]) {
  const image = flat(0, 0, 0, width, height);
  for (let i = 0; i < width * height; i++) image.data.set(colour(i % width, Math.floor(i / width)), 3 * i);
  return image;
}

const WHITE = [255, 255, 255] as const;
const BLACK = [0, 0, 0] as const;

/** Patches at the edges of what arithmetic can take; a method may find stains in some of them. */
export const awkward: { readonly [name: string]: RgbImage } = {
  "one row": drawPatch(64, 1),
  "one column": drawPatch(1, 64),
  "two by two": drawPatch(2, 2, STAINS, 3),
  "checkerboard of black and white": draw(16, 16, (x, y) => ((x + y) % 2 === 0 ? WHITE : BLACK)),
  "checkerboard of single channels": draw(16, 16, (x, y) => [(x % 2) * 255, (y % 2) * 255, ((x + y) % 2) * 255]),
  "one black pixel on white": draw(16, 16, (x, y) => (x === 5 && y === 5 ? BLACK : WHITE)),
  "one white pixel on black": draw(16, 16, (x, y) => (x === 5 && y === 5 ? WHITE : BLACK)),
  "pure red": flat(255, 0, 0),
  "pure blue": flat(0, 0, 255),
  "pure red and pure blue": draw(16, 16, (x) => (x < 8 ? [255, 0, 0] : [0, 0, 255])),
  "nearly black": draw(16, 16, (x, y) => [x % 2, y % 2, 1]),
  "two colours a byte apart": draw(16, 16, (x) => (x < 8 ? [150, 80, 160] : [150, 81, 160])),
  "half white, half one colour": draw(16, 16, (x) => (x < 8 ? WHITE : [150, 80, 160])),
};

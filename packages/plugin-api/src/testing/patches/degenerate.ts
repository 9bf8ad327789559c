import type { RgbImage } from "../../imaging/image.js";
import type { Sample } from "../../imaging/sample.js";
import { tissueSample } from "./tissue.js";

/** Patches that slides do have and methods forget: white, black, of one colour, tiny, of pure colours of light. */
export const degenerateImages: { readonly [name: string]: RgbImage } = {
  white: drawn(24, 16, () => [255, 255, 255]),
  black: drawn(24, 16, () => [0, 0, 0]),
  "of one colour": drawn(24, 16, () => [150, 80, 160]),
  "of one pixel": drawn(1, 1, () => [150, 80, 160]),
  "of one row": tissueSample(40, 1).image,
  "of one column": tissueSample(1, 40).image,
  "of pure red and blue": drawn(16, 16, (x) => (x < 8 ? [255, 0, 0] : [0, 0, 255])),
  "almost without tissue": drawn(24, 24, (x, y) => (x === 3 && y === 5 ? [120, 60, 140] : [255, 255, 255])),
};

/** The image as a sample, with a mask and densities of nothing. */
export function bareSample(name: string, image: RgbImage): Sample {
  const { width, height } = image;
  return {
    id: `degenerate/${name}`,
    domain: "testkit",
    image,
    mask: { width, height, data: new Uint8Array(width * height) },
    density: { width, height, stains: 2, data: new Float32Array(2 * width * height) },
  };
}

function drawn(
  width: number,
  height: number,
  colour: (x: number, y: number) => readonly [number, number, number],
): RgbImage {
  const data = new Uint8Array(3 * width * height);
  for (let i = 0; i < width * height; i++) data.set(colour(i % width, Math.floor(i / width)), 3 * i);
  return { width, height, data };
}

import sharp from "@eosin/pictures/sharp";
import type { Rng } from "@eosin/plugin-api";
import type { RgbImage } from "@eosin/plugin-api/imaging";
import { type DensityCanvas, FIELD } from "../draw/density-canvas.js";
import { gaussianBlur } from "./gaussian-blur.js";
import type { Scanner } from "./scanners.js";

/**
 * What the scanner sees of the densities: Beer–Lambert, vignette, optical blur, gamma, noise, JPEG.
 * @param densities The true ones (height, width, 2); the scanner's strength of staining is already in them.
 */
export async function scan(
  canvas: DensityCanvas,
  densities: Float32Array,
  scanner: Scanner,
  rng: Rng,
): Promise<RgbImage> {
  const { size } = canvas;
  const pixels = size * size;
  const light = new Float32Array(pixels * 3);
  const [h, e, white] = [jittered(scanner.haematoxylin, rng), jittered(scanner.eosin, rng), scanner.white];
  for (let y = 0; y < size; y++) {
    for (let x = 0; x < size; x++) {
      const i = y * size + x;
      const shade = 1 - scanner.vignette * cornerDistance(x, y, size);
      for (let c = 0; c < 3; c++) {
        light[i * 3 + c] = white[c] * shade * Math.exp(-(densities[i * 2] * h[c] + densities[i * 2 + 1] * e[c]));
      }
    }
  }
  const defocus = rng.between(0.8, 1.4);
  const seen = gaussianBlur(light, size, size, 3, (defocus * scanner.blur * size) / FIELD);
  const bytes = new Uint8ClampedArray(pixels * 3);
  const gain = rng.between(0.96, 1.03);
  for (let i = 0; i < bytes.length; i++) {
    bytes[i] = 255 * (gain * seen[i]) ** scanner.gamma + rng.normal(0, scanner.noise);
  }
  return { width: size, height: size, data: await throughJpeg(bytes, size, scanner.quality) };
}

/** Stains differ a little from slide to slide. */
function jittered(vector: readonly [number, number, number], rng: Rng): [number, number, number] {
  const moved = vector.map((each) => Math.max(0.01, each + rng.normal(0, 0.012)));
  const length = Math.hypot(...moved);
  return [moved[0] / length, moved[1] / length, moved[2] / length];
}

/** 0 in the middle, 1 in the corners, as the square of the distance. */
function cornerDistance(x: number, y: number, size: number): number {
  const half = size / 2;
  return ((x - half) ** 2 + (y - half) ** 2) / (2 * half * half);
}

async function throughJpeg(bytes: Uint8ClampedArray, size: number, quality: number): Promise<Uint8Array> {
  const jpeg = await sharp(bytes, { raw: { width: size, height: size, channels: 3 } })
    .jpeg({ quality, chromaSubsampling: "4:2:0" })
    .toBuffer();
  return sharp(jpeg).raw().toBuffer();
}

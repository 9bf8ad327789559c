import { IGNORED, type Mask, type RgbImage } from "@eosin/plugin-api/imaging";
import type { SampleMeasurer } from "./sample-figures.js";

/** What the kernels compute, in plain steps: each figure by itself, over whole arrays. */
export const measurePlainly: SampleMeasurer = (image, mask) => {
  const { width, height, data } = image;
  const pixels = width * height;
  const grey = Array.from({ length: pixels }, (_, i) => {
    const [r, g, b] = data.subarray(3 * i, 3 * i + 3);
    return (r * 19595 + g * 38470 + b * 7471 + 0x8000) >> 16;
  });
  const labels = [...(mask?.data ?? [])];
  const ignored = labels.filter((label) => label === IGNORED).length;
  const tumour = labels.filter((label) => label === 1).length;
  const channel = (c: number) => sum(Array.from({ length: pixels }, (_, i) => data[3 * i + c])) / pixels;
  return {
    figures: {
      width,
      height,
      ...(mask && ignored < pixels && { foreground: tumour / (pixels - ignored) }),
      ...(ignored > 0 && { ignored: ignored / pixels }),
      mean: [channel(0), channel(1), channel(2)],
      contrast: Math.sqrt(variance(grey)),
      sharpness: variance(laplacian(grey, width, height)),
      pixels: digest(image),
    },
    thumbnails: { density: densities(grey, width, height), ...smallPictures(image, mask) },
  };
};

function sum(values: readonly number[]): number {
  return values.reduce((total, value) => total + value, 0);
}

function variance(values: readonly number[]): number {
  if (values.length === 0) return 0;
  const mean = sum(values) / values.length;
  return Math.max(0, sum(values.map((value) => value * value)) / values.length - mean * mean);
}

function laplacian(grey: readonly number[], width: number, height: number): number[] {
  const values: number[] = [];
  for (let y = 1; y < height - 1; y++) {
    for (let x = 1; x < width - 1; x++) {
      const i = y * width + x;
      values.push(grey[i - width] + grey[i + width] + grey[i - 1] + grey[i + 1] - 4 * grey[i]);
    }
  }
  return values;
}

/** Area means of densities, 32 × 32: down first, then across. */
function densities(grey: readonly number[], width: number, height: number): Uint8Array {
  const side = 32;
  const table = Array.from({ length: 256 }, (_, v) => Math.min(255, Math.round(-100 * Math.log((v + 1) / 256))));
  const [across, down] = [width / side, height / side];
  return Uint8Array.from({ length: side * side }, (_, i) => {
    const [top, bottom] = [
      Math.floor(i / side) * down,
      i >= side * (side - 1) ? height : (Math.floor(i / side) + 1) * down,
    ];
    const [left, right] = [(i % side) * across, Math.min(((i % side) + 1) * across, width)];
    let mean = 0;
    for (let x = Math.min(Math.floor(left), width - 1); x < right; x++) {
      let column = 0;
      for (let y = 0; y < height; y++) {
        const share = Math.min(y + 1, bottom) - Math.max(y, top);
        if (share > 0) column += share * table[grey[y * width + x]];
      }
      mean += ((Math.min(right, x + 1) - Math.max(left, x)) / across / down) * column;
    }
    return mean + 0.5;
  });
}

function smallPictures(image: RgbImage, mask: Mask | undefined): { image: RgbImage; mask?: Mask } {
  const shrink = Math.min(1, 96 / Math.max(image.width, image.height));
  const width = Math.max(1, Math.round(image.width * shrink));
  const height = Math.max(1, Math.round(image.height * shrink));
  const means = (channels: number, value: (pixel: number, c: number) => number) =>
    Uint8Array.from({ length: width * height * channels }, (_, i) => {
      const [x, y] = [Math.floor(i / channels) % width, Math.floor(i / channels / width)];
      const [left, right] = [x, x + 1].map((each) => Math.round((each * image.width) / width));
      const [top, bottom] = [y, y + 1].map((each) => Math.round((each * image.height) / height));
      let total = 0;
      for (let row = top; row < bottom; row++) {
        for (let column = left; column < right; column++) total += value(row * image.width + column, i % channels);
      }
      return total * (1 / ((bottom - top) * (right - left))) + 0.5;
    });
  const size = { width, height };
  return {
    image: { ...size, data: means(3, (pixel, c) => image.data[3 * pixel + c]) },
    ...(mask && { mask: { ...size, data: means(1, (pixel) => Number(mask.data[pixel] === 1)) } }),
  };
}

/** Two lanes of MurmurHash3's 32-bit mixing. */
function digest({ width, height, data }: RgbImage): string {
  let a = width;
  let b = ~height;
  const turned = (word: number, by: number) => (word << by) | (word >>> (32 - by));
  const mixed = (word: number, one: number, two: number) => Math.imul(turned(Math.imul(word, one), 15), two);
  const finished = (lane: number) => {
    let h = Math.imul(lane ^ (lane >>> 16), 0x85ebca6b);
    h = Math.imul(h ^ (h >>> 13), 0xc2b2ae35);
    return ((h ^ (h >>> 16)) >>> 0).toString(16).padStart(8, "0");
  };
  const view = new DataView(data.buffer, data.byteOffset, data.length);
  const whole = data.length & ~3;
  for (let i = 0; i < whole; i += 4) {
    const word = view.getInt32(i, true);
    a = turned((Math.imul(a ^ mixed(word, 0xcc9e2d51, 0x1b873593), 5) + 0xe6546b64) | 0, 13);
    b = turned((Math.imul(b ^ mixed(word, 0x239b961b, 0xab0e9789), 5) + 0x561ccd1b) | 0, 15);
  }
  for (const byte of data.subarray(whole)) {
    a = Math.imul(a ^ byte, 0x01000193);
    b = Math.imul(b ^ byte, 0x01000193);
  }
  return finished(a) + finished(b ^ a);
}

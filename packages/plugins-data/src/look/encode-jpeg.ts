import type { RgbImage } from "@eosin/plugin-api/imaging";
import { jpegHead, SIZE_AT } from "./jpeg-head.js";
import { coefficientCodes, type HuffmanTable, meanCodes, quantizers, zigzag } from "./kernels/jpeg-tables.js";
import { type LookKernels, lookKernels } from "./kernels/look-kernels.js";

/** Pixels along the sides of a block. */
const side = 8;
const end = Buffer.of(0xff, 0xd9);

export type JpegEncoder = (image: RgbImage) => Uint8Array;

/**
 * Encodes thumbnails as JPEG: baseline, every colour at full size. Libraries take several times as long for so small a
 * picture, most of it to get started.
 * @param quality 50…100, as the Independent JPEG Group counts.
 * @returns Takes pictures of at most 96 × 96 pixels.
 */
export function createJpegEncoder(quality: number): JpegEncoder {
  const steps = quantizers.map((table) =>
    table.map((step) => Math.max(1, Math.floor((step * (200 - 2 * quality) + 50) / 100))),
  );
  const head = jpegHead(steps);
  const codes = Int32Array.from(quantizers.flatMap((_, i) => codesOf(meanCodes[i], coefficientCodes[i])));
  const factors = Float32Array.from(steps.flatMap(factorsOf));
  // The kernels' blocks have across and down the other way round.
  const places = Int32Array.from(zigzag, (place) => 4 * ((place & 7) * side + (place >> 3)));
  return (image) => {
    const kernels = lookKernels();
    const { at, bytes, integers, floats, run } = kernels;
    integers.set(codes, at.HUFFMAN >> 2);
    integers.set(places, at.ZIGZAG >> 2);
    floats.set(factors, at.STEPS >> 2);
    const across = Math.ceil(image.width / side);
    const down = Math.ceil(image.height / side);
    layPixels(kernels, image, across * side, down * side);
    const length = run.encodeJpeg(across, down);
    const jpeg = Buffer.concat([head, bytes.subarray(at.CODED, at.CODED + length), end]);
    jpeg.writeUInt16BE(image.height, SIZE_AT);
    jpeg.writeUInt16BE(image.width, SIZE_AT + 2);
    return new Uint8Array(jpeg.buffer, jpeg.byteOffset, jpeg.length);
  };
}

/** Whole blocks: the last column and row are repeated. */
function layPixels({ at, bytes }: LookKernels, { width, height, data }: RgbImage, across: number, down: number): void {
  if (width === across) bytes.set(data, at.MEANS);
  for (let y = 0; y < height && width < across; y++) {
    const row = at.MEANS + 3 * across * y;
    bytes.set(data.subarray(3 * width * y, 3 * width * (y + 1)), row);
    for (let x = width; x < across; x++) bytes.copyWithin(row + 3 * x, row + 3 * width - 3, row + 3 * width);
  }
  const last = at.MEANS + 3 * across * (height - 1);
  for (let y = height; y < down; y++) bytes.copyWithin(at.MEANS + 3 * across * y, last, last + 3 * across);
}

/** Code · 256 + bits: of 16 sizes of means, then of 256 symbols of coefficients. */
function codesOf(means: HuffmanTable, coefficients: HuffmanTable): number[] {
  const places = [16, 256].map((length) => Array<number>(length).fill(0));
  [means, coefficients].forEach(({ counts, symbols }, i) => {
    let code = 0;
    let next = 0;
    counts.forEach((count, bits) => {
      for (let k = 0; k < count; k++) places[i][symbols[next++]] = code++ * 256 + bits + 1;
      code *= 2;
    });
  });
  return places.flat();
}

/** What the kernels' cosine transform gives is multiplied by; it leaves out a scale (Arai, Agui and Nakajima, 1988). */
function factorsOf(steps: readonly number[]): number[] {
  const scale = (k: number) => (k === 0 ? 1 : Math.SQRT2 * Math.cos((k * Math.PI) / 16));
  return Array.from({ length: side * side }, (_, i) => {
    const [across, down] = [i >> 3, i & 7];
    return 1 / (8 * steps[down * side + across] * scale(across) * scale(down));
  });
}

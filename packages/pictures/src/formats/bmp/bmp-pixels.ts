import { corrupt } from "../../file/picture-fault.js";
import { unpackBits } from "../unpack-bits.js";
import type { BmpHeader } from "./bmp-header.js";

export interface BmpPixels {
  /** 1: indices of the palette; 3: RGB; 4: RGBA. */
  readonly channels: 1 | 3 | 4;
  readonly data: Uint8Array;
}

/**
 * The pixels of an uncompressed BMP, top row first. Written here since the packages that decode BMP mistake kinds that
 * are common: one turns a palette's channels round and shifts rows of 1-bit pixels, one refuses rows from the top down.
 */
export function readBmpPixels(bytes: Buffer, header: BmpHeader, path: string): BmpPixels {
  const { width, height, bits, topDown, pixels } = header;
  const stride = Math.ceil((width * bits) / 32) * 4;
  if (bytes.length < pixels + stride * height) {
    throw corrupt(path, `${bytes.length} bytes of ${pixels + stride * height}`);
  }
  const rowOf = (y: number) => {
    const at = pixels + (topDown ? y : height - 1 - y) * stride;
    return bytes.subarray(at, at + stride);
  };
  const channels = bits <= 8 ? 1 : header.masks[3] === 0 ? 3 : 4;
  const data = new Uint8Array(width * height * channels);
  const readRow = bits <= 8 ? indexRow : bits === 24 ? bgrRow : maskedRow;
  for (let y = 0; y < height; y++) readRow(rowOf(y), header, data.subarray(y * width * channels), channels);
  return { channels, data };
}

function indexRow(row: Buffer, { width, bits }: BmpHeader, out: Uint8Array): void {
  out.set(unpackBits(row, width, 1, bits).subarray(0, width));
}

function bgrRow(row: Buffer, { width }: BmpHeader, out: Uint8Array): void {
  for (let i = 0; i < 3 * width; i += 3) {
    out[i] = row[i + 2];
    out[i + 1] = row[i + 1];
    out[i + 2] = row[i];
  }
}

function maskedRow(row: Buffer, { width, bits, masks }: BmpHeader, out: Uint8Array, channels: number): void {
  const size = bits / 8;
  for (let x = 0; x < width; x++) {
    const pixel = row.readUIntLE(x * size, size);
    for (let c = 0; c < channels; c++) out[x * channels + c] = field(pixel, masks[c]);
  }
}

/** The bits of `mask` in `pixel`, stretched to 0…255. */
function field(pixel: number, mask: number): number {
  if (mask === 0) return 0;
  const low = mask & -mask;
  const most = (mask >>> 0) / (low >>> 0);
  return Math.round((((pixel & mask) >>> 0) / (low >>> 0) / most) * 255);
}

import { coefficientCodes, type HuffmanTable, meanCodes, zigzag } from "./kernels/jpeg-tables.js";

/** Where the height stands in what {@link jpegHead} gives; the width follows it, two bytes each. */
export const SIZE_AT = 163;

/**
 * All of a baseline JPEG in colours before its scan, without its size.
 * @param steps Of the quantiser: 64 for luma, 64 for chroma, left to right and top to bottom.
 */
export function jpegHead(steps: readonly (readonly number[])[]): Buffer {
  const start = Buffer.of(0xff, 0xd8);
  const jfif = segment(0xe0, [...Buffer.from("JFIF\0"), 1, 1, 0, 0, 1, 0, 1, 0, 0]);
  const tables = steps.map((table, i) => segment(0xdb, [i, ...zigzag.map((place) => table[place])]));
  // 8 bits, the size, three colours: their numbers, sampling and quantiser.
  const frame = segment(0xc0, [8, 0, 0, 0, 0, 3, 1, 0x11, 0, 2, 0x11, 1, 3, 0x11, 1]);
  const codes = [0, 1].flatMap((i) => [codeSegment(i, meanCodes[i]), codeSegment(0x10 + i, coefficientCodes[i])]);
  const scan = segment(0xda, [3, 1, 0, 2, 0x11, 3, 0x11, 0, 63, 0]);
  return Buffer.concat([start, jfif, ...tables, frame, ...codes, scan]);
}

function codeSegment(which: number, { counts, symbols }: HuffmanTable): Buffer {
  return segment(0xc4, [which, ...counts, ...symbols]);
}

function segment(marker: number, content: readonly number[]): Buffer {
  const head = Buffer.of(0xff, marker, 0, 0);
  head.writeUInt16BE(content.length + 2, 2);
  return Buffer.concat([head, Buffer.from(content)]);
}

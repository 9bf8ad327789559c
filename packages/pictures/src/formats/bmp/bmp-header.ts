import { corrupt, unclear } from "../../file/picture-fault.js";

export interface BmpHeader {
  readonly width: number;
  readonly height: number;
  /** Rows go from the top down; mostly they go up. */
  readonly topDown: boolean;
  /** Bits a pixel: 1, 2, 4, 8, 16, 24, 32. */
  readonly bits: number;
  /** Where the pixels begin. */
  readonly pixels: number;
  /** 0xRRGGBB by index; empty above 8 bits a pixel. */
  readonly palette: readonly number[];
  /** Bits of red, green, blue and alpha in a pixel of 16 or 32 bits; alpha 0 where there is none. */
  readonly masks: readonly [red: number, green: number, blue: number, alpha: number];
}

const CORE_HEADER = 12;
const NO_COMPRESSION = 0;
const BITFIELDS = new Set([3, 6]);
const compressions: { readonly [code: number]: string } = { 1: "RLE8", 2: "RLE4", 4: "JPEG", 5: "PNG" };

/** @param start The file's first bytes, at least to the end of its palette. @throws EosinError `IMAGE_CORRUPT`, `IMAGE_UNCLEAR` */
export function readBmpHeader(start: Buffer, path: string): BmpHeader {
  const headerBytes = start.length < 26 ? 0 : start.readUInt32LE(14);
  if (headerBytes !== CORE_HEADER && (headerBytes < 40 || start.length < 14 + headerBytes)) {
    throw corrupt(path, "a BMP without its header");
  }
  const core = headerBytes === CORE_HEADER;
  const width = core ? start.readUInt16LE(18) : start.readInt32LE(18);
  const signedHeight = core ? start.readUInt16LE(20) : start.readInt32LE(22);
  const bits = start.readUInt16LE(core ? 24 : 28);
  const compression = core ? NO_COMPRESSION : start.readUInt32LE(30);
  if (width <= 0 || signedHeight === 0) throw corrupt(path, `a size of ${width}×${signedHeight}`);
  if (![1, 2, 4, 8, 16, 24, 32].includes(bits)) throw corrupt(path, `${bits} bits a pixel`);
  if (compression !== NO_COMPRESSION && !BITFIELDS.has(compression)) {
    throw unclear(path, {
      expected: "a BMP that is not compressed",
      found: `compression ${compressions[compression] ?? compression}`,
      next: "Save it as PNG.",
    });
  }
  const fieldsBehind = BITFIELDS.has(compression) && headerBytes === 40;
  const paletteAt = 14 + headerBytes + (fieldsBehind ? (compression === 6 ? 16 : 12) : 0);
  return {
    width,
    height: Math.abs(signedHeight),
    topDown: signedHeight < 0,
    bits,
    pixels: start.readUInt32LE(10),
    palette: bits > 8 ? [] : readPalette(start, paletteAt, paletteSize(start, bits, core), core ? 3 : 4, path),
    masks: BITFIELDS.has(compression) ? readMasks(start, headerBytes, compression) : usualMasks(bits),
  };
}

function paletteSize(start: Buffer, bits: number, core: boolean): number {
  const said = core ? 0 : start.readUInt32LE(46);
  return said === 0 ? 1 << bits : Math.min(said, 1 << bits);
}

function readPalette(start: Buffer, at: number, size: number, stride: number, path: string): number[] {
  if (start.length < at + size * stride) throw corrupt(path, "a BMP whose palette is cut off");
  return Array.from({ length: size }, (_, i) => start.readUIntLE(at + i * stride, 3));
}

function readMasks(start: Buffer, headerBytes: number, compression: number): BmpHeader["masks"] {
  const hasAlpha = compression === 6 || headerBytes >= 56;
  const at = (i: number) => (start.length >= 58 + 4 * i ? start.readUInt32LE(54 + 4 * i) : 0);
  return [at(0), at(1), at(2), hasAlpha ? at(3) : 0];
}

function usualMasks(bits: number): BmpHeader["masks"] {
  return bits === 16 ? [0x7c00, 0x03e0, 0x001f, 0] : [0xff0000, 0xff00, 0xff, 0];
}

import type { PictureFile } from "../../file/open-picture.js";
import { corrupt } from "../../file/picture-fault.js";

/** The chunks of a PNG before its pixels, as far as they tell how to read them. */
export interface PngHeader {
  readonly width: number;
  readonly height: number;
  /** Bits of a value, or of an index of the palette. */
  readonly bitDepth: number;
  readonly colour: "grey" | "rgb" | "palette";
  readonly alpha: boolean;
  readonly hasProfile: boolean;
  readonly hasExif: boolean;
  readonly animated: boolean;
  /** The file's gamma (gAMA) where it is not that of sRGB. */
  readonly oddGamma?: number;
}

const SRGB_GAMMA = 45455;
const CHUNKS_AT_MOST = 10_000;

/** Walks the chunks up to the pixels. @throws EosinError `IMAGE_CORRUPT` */
export async function readPngHeader(file: PictureFile): Promise<PngHeader> {
  const { path, start, read } = file;
  if (start.toString("latin1", 12, 16) !== "IHDR" || start.length < 33) throw corrupt(path, "a PNG without its header");
  const width = start.readUInt32BE(16);
  const height = start.readUInt32BE(20);
  if (width === 0 || height === 0) throw corrupt(path, `a size of ${width}×${height}`);
  const [bitDepth, type] = start.subarray(24, 26);
  const found = { hasProfile: false, hasExif: false, animated: false, hasTransparency: false, hasSrgb: false };
  let gamma: number | undefined;
  let at = 33;
  for (let count = 0; count < CHUNKS_AT_MOST; count++) {
    const inStart = at + 28 <= start.length;
    const chunk = inStart ? start.subarray(at, at + 28) : await read(at, 28);
    if (chunk.length < 12) break;
    const name = chunk.toString("latin1", 4, 8);
    const length = chunk.readUInt32BE(0);
    if (name === "IDAT" || name === "IEND") break;
    if (name === "iCCP") found.hasProfile = true;
    if (name === "eXIf") found.hasExif = true;
    if (name === "acTL") found.animated = true;
    if (name === "tRNS") found.hasTransparency = true;
    if (name === "sRGB") found.hasSrgb = true;
    if (name === "gAMA") gamma = chunk.readUInt32BE(8);
    at += 12 + length;
  }
  const odd = gamma !== undefined && !found.hasSrgb && !found.hasProfile && Math.abs(gamma - SRGB_GAMMA) > 1000;
  return {
    width,
    height,
    bitDepth,
    colour: type === 3 ? "palette" : type & 2 ? "rgb" : "grey",
    alpha: (type & 4) !== 0 || found.hasTransparency,
    hasProfile: found.hasProfile,
    hasExif: found.hasExif,
    animated: found.animated,
    oddGamma: odd ? (gamma as number) / 100_000 : undefined,
  };
}

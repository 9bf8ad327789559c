import type { RgbImage } from "@eosin/plugin-api/imaging";
import { decoding, unclear } from "../file/picture-fault.js";
import { decodePlainPng } from "../formats/png/plain-png.js";
import { isDeep, type PictureHeader } from "../header.js";
import { refuseLarge } from "../pixel-limit.js";
import { convertByProfile } from "../profile/convert-profile.js";
import { profileName } from "../profile/srgb-profile.js";
import { type OpenedPicture, openPicture } from "../read-header.js";
import { readSamples } from "../read-samples.js";
import { libvipsConverts, readBySharp } from "./by-sharp.js";
import { layOnWhite, spreadGrey } from "./lay-on-white.js";
import { toBytes, type ValueExtremes, valueExtremes } from "./to-bytes.js";
import { rangeFor } from "./value-ranges.js";

/** How {@link readImage} reads a file that could be read in several ways. */
export interface ImageOptions {
  /** Which picture of a file that holds several, from 1. */
  readonly page?: number;
  /**
   * What values of more than 8 bits go up to: one for all pictures of a data set (see {@link ValueRange}). Without it,
   * the file's own: what it says, else the smallest usual range that holds its values.
   */
  readonly range?: number;
  /** See {@link pixelLimit}. */
  readonly maxPixels?: number;
}

/** An image as 8-bit sRGB, and what was done to the file's values for that. */
export interface ReadImage {
  readonly image: RgbImage;
  readonly header: PictureHeader;
  /** In words, the same for equal treatment: `profile Display P3 converted to sRGB`, `grey`. */
  readonly remarks: readonly string[];
  /** Of the values as they are in the file, where they are of more than 8 bits. */
  readonly extremes?: ValueExtremes;
}

/**
 * Reads any picture as an image. One rule for all who read images: embedded profiles are converted, EXIF's turn is done,
 * transparency is laid on white, grey is spread, palettes and CMYK are converted, more than 8 bits are scaled.
 * @throws EosinError `FILE_MISSING`, `FILE_UNREADABLE`, `NO_PICTURE`, `IMAGE_CORRUPT`, `IMAGE_UNCLEAR`,
 * `PICTURE_TOO_LARGE`, naming the file
 * @example
 * ```ts
 * import { readImage } from "@eosin/pictures";
 *
 * const { image, remarks } = await readImage("patch.tif", { range: 4095 });
 * console.log(`${image.width} × ${image.height}: ${remarks.join(", ")}`);
 * ```
 */
export async function readImage(path: string, options: ImageOptions = {}): Promise<ReadImage> {
  const opened = await openPicture(path, options);
  refuseLarge(opened.header, options.maxPixels);
  return decoding(path, () => (libvipsConverts(opened.header) ? readSimple(opened) : readThorough(opened, options)));
}

async function readSimple({ header, bytes }: OpenedPicture): Promise<ReadImage> {
  const plain = await decodePlainPng(header, bytes);
  if (plain) {
    const { width, height, colour } = header;
    const data = colour === "grey" ? spreadGrey(plain) : plain;
    return { image: { width, height, data }, header, remarks: remarksOf(header) };
  }
  const { data, width, height, channels } = await readBySharp(header);
  const remarks = remarksOf(header);
  if (channels === 3) return { image: { width, height, data }, header, remarks };
  const { data: laid, showsThrough } = layOnWhite(data, 3, false);
  return { image: { width, height, data: laid }, header, remarks: withTransparency(remarks, showsThrough) };
}

/** What libvips does not convert as it should: values are taken as they are, then scaled and converted step by step. */
async function readThorough(opened: OpenedPicture, options: ImageOptions): Promise<ReadImage> {
  const { header } = opened;
  const samples = await readSamples(opened);
  const { width, height, channels, palette, alpha } = samples;
  const colours = header.colour === "grey" || palette ? 1 : 3;
  const remarks = [...remarksOf(header)];
  let extremes: ValueExtremes | undefined;
  let bytes: Uint8Array;
  if (palette) bytes = throughPalette(samples.data as Uint8Array, palette);
  else if (isDeep(header)) {
    extremes = valueExtremes(samples.data, channels, colours);
    const range = options.range ?? header.declaredRange ?? rangeFor(extremes.largest);
    refuseValues(header.path, extremes, range);
    if (options.range === undefined && header.sampleType === "float") refuseOvershoot(header.path, extremes);
    remarks.push(rangeRemark(header, range as number));
    bytes = scaled(samples.data, channels, colours, range as number, alpha !== "none");
  } else bytes = header.depth < 8 ? toBytes(samples.data, 2 ** header.depth - 1) : (samples.data as Uint8Array);

  const kept = palette ? 3 : channels;
  let showsThrough = false;
  if (alpha !== "none") ({ data: bytes, showsThrough } = layOnWhite(bytes, colours, alpha === "premultiplied"));
  else if (kept > (palette ? 3 : colours)) bytes = firstChannels(bytes, kept, colours);
  if (header.profile)
    bytes = await convertByProfile(bytes, { width, height, channels: palette ? 3 : colours }, header.profile);
  else if (colours === 1 && !palette) bytes = spreadGrey(bytes);
  const image = { width, height, data: bytes };
  return { image, header, remarks: withTransparency(remarks, showsThrough), extremes };
}

function refuseValues(path: string, { smallest, largest, unusable }: ValueExtremes, range: number | undefined): void {
  if (unusable > 0) {
    throw unclear(path, {
      expected: "numbers",
      found: `${unusable} values that are none (NaN or infinite)`,
      next: "Replace them, or leave the picture out.",
    });
  }
  if (range !== undefined && smallest >= 0) return;
  throw unclear(path, {
    expected: "values from 0 to 1, 255, 1023, 4095, 16383 or 65535",
    found: `values from ${smallest} to ${largest}`,
    next: smallest < 0 ? "Save it with values from 0 on." : `Say what white is with \`range: ${Math.ceil(largest)}\`.`,
  });
}

/** Fractions that were resampled go a little beyond 1, and would be black as a part of 255. */
function refuseOvershoot(path: string, { largest }: ValueExtremes): void {
  if (largest <= 1 || largest >= LEAST_OF_BYTES) return;
  throw unclear(path, {
    expected: "fractions up to 1, or values up to 255 or more",
    found: `values up to ${Number(largest.toPrecision(4))}`,
    next: "Say what white is, e.g. `range: 1`: values above it become white.",
  });
}

/** The brightest pixel of a picture in 0…255 is brighter than this. */
const LEAST_OF_BYTES = 16;

function scaled(
  data: Parameters<typeof toBytes>[0],
  channels: number,
  colours: number,
  range: number,
  hasAlpha: boolean,
): Uint8Array {
  const bytes = toBytes(data, range);
  if (!hasAlpha) return bytes;
  // Opaque is what colours go up to, unless alpha itself goes further.
  let most = 0;
  for (let i = colours; i < data.length; i += channels) most = Math.max(most, data[i]);
  const opaque = Math.max(range, rangeFor(most) ?? most);
  for (let i = colours; i < bytes.length; i += channels) bytes[i] = Math.round((data[i] / opaque) * 255);
  return bytes;
}

function throughPalette(indices: Uint8Array, palette: readonly number[]): Uint8Array {
  const rgb = new Uint8Array(indices.length * 3);
  for (let i = 0; i < indices.length; i++) {
    const colour = palette[indices[i]] ?? 0;
    rgb[3 * i] = colour >> 16;
    rgb[3 * i + 1] = (colour >> 8) & 255;
    rgb[3 * i + 2] = colour & 255;
  }
  return rgb;
}

function firstChannels(data: Uint8Array, channels: number, kept: number): Uint8Array {
  const out = new Uint8Array((data.length / channels) * kept);
  for (let from = 0, to = 0; from < data.length; from += channels) {
    for (let c = 0; c < kept; c++) out[to++] = data[from + c];
  }
  return out;
}

function remarksOf(header: PictureHeader): readonly string[] {
  const { colour, palette, orientation, profile, notes } = header;
  return [
    ...(colour === "grey" ? ["grey spread over red, green and blue"] : []),
    ...(colour === "cmyk" ? ["CMYK converted to sRGB"] : []),
    ...(palette ? ["palette converted to colours"] : []),
    ...(orientation > 1 && orientation <= 8 ? ["turned upright as its EXIF says"] : []),
    ...(profile ? [`profile ${profileName(profile)} converted to sRGB`] : []),
    ...notes,
  ];
}

function rangeRemark({ depth, sampleType }: PictureHeader, range: number): string {
  const kind = sampleType === "float" ? "floating-point values" : `${depth}-bit values`;
  return range === 255 ? `${kind} 0…255 kept as they are` : `${kind} 0…${range} scaled to 0…255`;
}

function withTransparency(remarks: readonly string[], showsThrough: boolean): readonly string[] {
  return showsThrough ? [...remarks, "transparent pixels laid on white"] : remarks;
}

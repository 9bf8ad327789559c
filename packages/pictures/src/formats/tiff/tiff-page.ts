import type { GeoTIFFImage } from "geotiff";
import type { SampleType } from "../../header.js";

/** The tags of one page that tell how to read it (TIFF 6.0). */
export interface TiffPage {
  /** Position among all pages of the file. */
  readonly index: number;
  /** As stored. */
  readonly width: number;
  readonly height: number;
  readonly bits: number;
  readonly sampleType: SampleType;
  /** Values a pixel, with those beside the colours. */
  readonly samples: number;
  readonly photometric: number;
  readonly planar: boolean;
  readonly compression: number;
  /** Of the last value of a pixel: 1 premultiplied alpha, 2 alpha, 0 not said. */
  readonly extra?: number;
  readonly orientation: number;
  /** A smaller copy of another page, or a transparency mask. */
  readonly reduced: boolean;
  /** 0xRRGGBB by index, where pixels are indices. */
  readonly palette?: readonly number[];
  readonly description: string;
  readonly profile?: Uint8Array;
  /** MaxSampleValue, SMaxSampleValue. */
  readonly declaredMaximum?: number;
  readonly tiled: boolean;
  /** Where the strips or tiles that are farthest back end, in bytes from the file's start. */
  readonly end: number;
  /** Strips or tiles that are not in the file at all. */
  readonly absent: number;
  /** The blue, green and red levels that ImageJ shows channels in, where it says so. */
  readonly imageJLuts?: Uint8Array;
}

export const photometrics = { whiteIsZero: 0, blackIsZero: 1, rgb: 2, palette: 3, cmyk: 5, yCbCr: 6, lab: 8 } as const;

const sampleTypes: { readonly [format: number]: SampleType } = { 2: "signed", 3: "float" };
const REDUCED_OR_MASK = 1 | 4;

export async function readTiffPage(image: GeoTIFFImage, index: number): Promise<TiffPage> {
  const { fileDirectory: tags } = image;
  const numbers = async (tag: Tag): Promise<readonly number[]> => listOf(await tags.loadValue(tag));
  const number = async (tag: Tag): Promise<number | undefined> => (await numbers(tag))[0];
  const bits = await numbers("BitsPerSample");
  const samples = (await number("SamplesPerPixel")) ?? 1;
  const photometric = (await number("PhotometricInterpretation")) ?? photometrics.blackIsZero;
  const maxima = [...(await numbers("SMaxSampleValue")), ...(await numbers("MaxSampleValue"))];
  const profile = await tags.loadValue(ICC_PROFILE);
  return {
    index,
    width: image.getWidth(),
    height: image.getHeight(),
    bits: Math.max(1, ...bits),
    sampleType: sampleTypes[(await number("SampleFormat")) ?? 1] ?? "unsigned",
    samples,
    photometric,
    planar: (await number("PlanarConfiguration")) === 2,
    compression: (await number("Compression")) ?? 1,
    extra: (await numbers("ExtraSamples")).at(-1),
    orientation: (await number("Orientation")) ?? 1,
    reduced: (((await number("NewSubfileType")) ?? 0) & REDUCED_OR_MASK) !== 0,
    palette: photometric === photometrics.palette ? paletteOf(await numbers("ColorMap")) : undefined,
    description: String((await tags.loadValue("ImageDescription")) ?? ""),
    profile: profile === undefined ? undefined : Uint8Array.from(listOf(profile)),
    declaredMaximum: maxima.length === 0 ? undefined : Math.max(...maxima),
    tiled: tags.hasTag("TileWidth"),
    ...(await storageOf(numbers)),
    imageJLuts: await lutsOf(tags),
  };
}

async function storageOf(numbers: (tag: Tag) => Promise<readonly number[]>) {
  const offsets = [...(await numbers("StripOffsets")), ...(await numbers("TileOffsets"))];
  const counts = [...(await numbers("StripByteCounts")), ...(await numbers("TileByteCounts"))];
  let end = 0;
  let absent = 0;
  offsets.forEach((offset, i) => {
    if (offset === 0 || counts[i] === 0) absent++;
    else end = Math.max(end, offset + (counts[i] ?? 0));
  });
  return { end, absent };
}

const IMAGEJ_COUNTS = 50838;
const IMAGEJ_METADATA = 50839;

/** ImageJ's private tags: a header of kinds and their numbers, then the entries; the lengths are in a tag of their own. */
async function lutsOf(tags: GeoTIFFImage["fileDirectory"]): Promise<Uint8Array | undefined> {
  const counts = listOf(await tags.loadValue(IMAGEJ_COUNTS));
  const bytes = Buffer.from(listOf(await tags.loadValue(IMAGEJ_METADATA)));
  if (counts.length < 2 || bytes.length < counts[0]) return undefined;
  const littleEndian = bytes.toString("latin1", 0, 4) === "JIJI";
  let entry = 1;
  let at = counts[0];
  for (let header = 4; header + 8 <= counts[0]; header += 8) {
    const kind = bytes.toString("latin1", header, header + 4);
    const number = littleEndian ? bytes.readUInt32LE(header + 4) : bytes.readUInt32BE(header + 4);
    for (let i = 0; i < number; i++, entry++) {
      if ((kind === "luts" || kind === "stul") && i === 0) return bytes.subarray(at);
      at += counts[entry] ?? 0;
    }
  }
  return undefined;
}

type Tag = Parameters<GeoTIFFImage["fileDirectory"]["loadValue"]>[0];
const ICC_PROFILE = 34675;

function listOf(value: unknown): readonly number[] {
  if (value === undefined || value === null) return [];
  return typeof value === "number" || typeof value === "bigint"
    ? [Number(value)]
    : Array.from(value as ArrayLike<number>, Number);
}

/** Three runs of 16-bit levels: all reds, all greens, all blues. Some writers use 8 bits of them only. */
function paletteOf(map: readonly number[]): number[] {
  const size = map.length / 3;
  const shift = map.some((level) => level > 255) ? 8 : 0;
  return Array.from({ length: size }, (_, i) => {
    const [red, green, blue] = [map[i], map[i + size], map[i + 2 * size]].map((level) => level >> shift);
    return (red << 16) | (green << 8) | blue;
  });
}

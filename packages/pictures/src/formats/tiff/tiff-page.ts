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
  };
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

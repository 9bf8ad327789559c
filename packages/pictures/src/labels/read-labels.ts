import { decoding, unclear } from "../file/picture-fault.js";
import type { PictureHeader } from "../header.js";
import type { TypedPixels } from "../orientation.js";
import { refuseLarge } from "../pixel-limit.js";
import { type HeaderOptions, openPicture } from "../read-header.js";
import { readSamples } from "../read-samples.js";
import type { Samples } from "../samples.js";

/** How {@link readLabels} reads a file. */
export interface LabelOptions extends HeaderOptions {
  /** See `pixelLimit`. */
  readonly maxPixels?: number;
}

/** A mask as its file holds it: one label a pixel, before anything is made of them. */
export interface Labels {
  /** Upright. */
  readonly width: number;
  readonly height: number;
  /** What `values` are: grey levels at the file's own depth, indices of `palette`, or colours as 0xRRGGBB. */
  readonly of: "levels" | "indices" | "colours";
  readonly values: TypedPixels;
  /** Where the file has it, one a pixel; whatever it says, `values` are the colours. */
  readonly alpha?: TypedPixels;
  /** 0xRRGGBB by index. */
  readonly palette?: readonly number[];
  readonly header: PictureHeader;
}

/**
 * Reads a picture as labels: no value is scaled, no profile is applied, palettes stay indices (grey palettes are levels).
 * @throws EosinError as `readImage`
 */
export async function readLabels(path: string, options: LabelOptions = {}): Promise<Labels> {
  const opened = await openPicture(path, options);
  const { header } = opened;
  refuseLarge(header, options.maxPixels);
  if (header.colour === "cmyk") {
    throw unclear(path, {
      expected: "a mask in grey, colours or a palette",
      found: "CMYK",
      next: "Save the mask as PNG.",
    });
  }
  return decoding(path, async () => labelsOf(header, await readSamples(opened)));
}

function labelsOf(header: PictureHeader, samples: Samples): Labels {
  const { width, height, channels, data, palette, alpha } = samples;
  const size = { width, height, header };
  if (palette?.every(isGrey)) {
    return { ...size, of: "levels", values: Uint8Array.from(data, (index) => (palette[index] ?? 0) & 255) };
  }
  if (palette) return { ...size, of: "indices", values: data, palette };
  const colours = header.colour === "grey" ? 1 : 3;
  const opacity = alpha === "none" ? undefined : channel(data, channels, channels - 1);
  const levels = colours === 1 ? channel(data, channels, 0) : equalChannels(data, channels, header.lossy);
  if (levels) return { ...size, of: "levels", values: levels, alpha: opacity };
  return { ...size, of: "colours", values: packColours(data, channels, samples.opaque), alpha: opacity };
}

function isGrey(colour: number): boolean {
  const blue = colour & 255;
  return colour >> 16 === blue && ((colour >> 8) & 255) === blue;
}

/** What lossy compression puts between channels that were equal. */
const LOSSY_DIFFERENCE = 48;

/** The first of three channels, where they say the same. */
function equalChannels(data: TypedPixels, channels: number, lossy: boolean): TypedPixels | undefined {
  const difference = lossy ? LOSSY_DIFFERENCE : 0;
  for (let i = 0; i < data.length; i += channels) {
    if (Math.abs(data[i] - data[i + 1]) > difference || Math.abs(data[i] - data[i + 2]) > difference) return undefined;
  }
  return channel(data, channels, 0);
}

function channel(data: TypedPixels, channels: number, which: number): TypedPixels {
  if (channels === 1) return data;
  const out = new (data.constructor as new (length: number) => TypedPixels)(data.length / channels);
  for (let i = 0, from = which; i < out.length; i++, from += channels) out[i] = data[from];
  return out;
}

function packColours(data: TypedPixels, channels: number, most: number): Uint32Array {
  const out = new Uint32Array(data.length / channels);
  const byte = (value: number) => (most === 255 ? value : Math.round((value / most) * 255));
  for (let i = 0, from = 0; i < out.length; i++, from += channels) {
    out[i] = byte(data[from]) * 65536 + byte(data[from + 1]) * 256 + byte(data[from + 2]);
  }
  return out;
}

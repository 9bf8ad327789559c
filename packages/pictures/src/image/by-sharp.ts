import { isDeep, type PictureHeader } from "../header.js";

/** Whether libvips reads and converts the picture as the rule says: 8 bits, in formats and layouts that it knows. */
export function libvipsConverts(header: PictureHeader): boolean {
  if (isDeep(header) || !header.byLibvips) return false;
  return header.format !== "tiff" || (header.notes.length === 0 && !header.alpha);
}

export interface SharpPixels {
  readonly width: number;
  readonly height: number;
  readonly channels: number;
  readonly data: Uint8Array;
}

/** 8-bit sRGB, upright, alpha kept. A profile that is sRGB is left alone: converting by it would only round. */
export async function readBySharp({ path, profile, colour, pageIndices }: PictureHeader): Promise<SharpPixels> {
  const { default: sharp } = await import("../single-threaded-sharp.js");
  // CMYK is converted by its own profile where it has one, else by the usual one.
  const ignoreIcc = profile === undefined && colour !== "cmyk";
  const { data, info } = await sharp(path, { ignoreIcc, limitInputPixels: false, page: pageIndices[0] })
    .autoOrient()
    .toColourspace("srgb")
    .raw({ depth: "uchar" })
    .toBuffer({ resolveWithObject: true });
  return { width: info.width, height: info.height, channels: info.channels, data };
}

import { stat } from "node:fs/promises";
import { EosinError } from "@eosin/plugin-api";
import type { Mask, RgbImage } from "@eosin/plugin-api/imaging";
import sharp from "./single-threaded-sharp.js";

async function decoding<T>(path: string, what: "image" | "mask", decode: () => Promise<T>): Promise<T> {
  try {
    return await decode();
  } catch (cause) {
    const missing = !(await stat(path).catch(() => undefined));
    throw new EosinError({
      code: missing ? "FILE_MISSING" : "IMAGE_CORRUPT",
      message: missing ? `The ${what} is gone.` : `The ${what} cannot be decoded.`,
      place: path,
      expected: "a whole PNG, JPEG or TIFF file",
      found: missing ? "no file" : cause instanceof Error ? cause.message : String(cause),
      next: "Replace the file, or leave the sample out of the dataset.",
      cause,
    });
  }
}

/** Reads PNG, JPEG or TIFF as 8-bit RGB: grey is spread over the channels, alpha dropped, 16 bits scaled, colour profiles ignored. */
export async function decodeRgb(path: string): Promise<RgbImage> {
  const { data, info } = await decoding(path, "image", () =>
    sharp(path, { ignoreIcc: true, limitInputPixels: false })
      .removeAlpha()
      .toColourspace("srgb")
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true }),
  );
  return { width: info.width, height: info.height, data };
}

/**
 * Reads a mask: 0/1, 0/255 or lossy greys (foreground from 128 on), in one channel or several equal ones.
 * @throws EosinError `MASK_NOT_BINARY` where channels differ, or where a lossless file holds other values.
 */
export async function decodeMask(path: string): Promise<Mask> {
  const { data, info } = await decoding(path, "mask", () =>
    sharp(path, { ignoreIcc: true, limitInputPixels: false })
      .removeAlpha()
      .raw({ depth: "uchar" })
      .toBuffer({ resolveWithObject: true }),
  );
  const { width, height, channels } = info;
  const lossy = /\.jpe?g$/i.test(path);
  const out = new Uint8Array(width * height);
  let largest = 0;
  for (let i = 0; i < out.length; i++) {
    const value = data[i * channels];
    if (value > largest) largest = value;
    for (let c = 1; c < channels && !lossy; c++) {
      if (data[i * channels + c] !== value) throw notBinary(path, `different channels at pixel ${i}`);
    }
    if (!lossy && value > 1 && value < 255) throw notBinary(path, `the value ${value}`);
    out[i] = value;
  }
  const threshold = largest <= 1 ? 1 : 128;
  for (let i = 0; i < out.length; i++) out[i] = out[i] >= threshold ? 1 : 0;
  return { width, height, data: out };
}

function notBinary(path: string, found: string): EosinError {
  return new EosinError({
    code: "MASK_NOT_BINARY",
    message: "The mask is not binary.",
    place: path,
    expected: "0 and 1, or 0 and 255, in one channel or several equal ones",
    found,
    next: "Save the mask with two values; labels of several classes must be merged first.",
  });
}

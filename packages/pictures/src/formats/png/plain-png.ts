import { giveBytesBack } from "../../file/byte-pool.js";
import type { PictureHeader } from "../../header.js";
import { nativePictures } from "../../native-pictures.js";

/** Larger ones are decoded off this thread. */
const PIXELS_AT_MOST = 2 ** 22;

/** Whether a picture is a PNG whose bytes are its pixels: 8-bit grey or colours, without alpha, profile or turn. */
function isPlainPng(header: PictureHeader): boolean {
  const { format, depth, palette, alpha, orientation, profile, width, height } = header;
  if (format !== "png" || depth !== 8 || palette || alpha) return false;
  return orientation === 1 && profile === undefined && width * height <= PIXELS_AT_MOST;
}

/**
 * Decodes a plain PNG in less than half of the time that libvips takes for it: patches are small, and a pipeline of
 * libvips costs more than their pixels.
 * @param bytes The whole file, where it is small; where it was decoded they are given back, for other files.
 * @returns (height, width, 1 or 3); nothing where the picture is not plain, and where it is damaged, which libvips tells.
 */
export async function decodePlainPng(
  header: PictureHeader,
  bytes: Buffer | undefined,
): Promise<Uint8Array | undefined> {
  if (bytes === undefined || !isPlainPng(header)) return undefined;
  const { Transformer } = await nativePictures();
  const channels = header.colour === "grey" ? 1 : 3;
  try {
    const pixels = new Transformer(bytes).rawPixelsSync();
    if (pixels.length !== header.width * header.height * channels) return undefined;
    giveBytesBack(bytes);
    return new Uint8Array(pixels.buffer, pixels.byteOffset, pixels.length);
  } catch {
    return undefined;
  }
}

import { open } from "node:fs/promises";
import { EosinError } from "@eosin/plugin-api";
import type { Size } from "./resize-sample.js";

const PNG_SIGNATURE = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a]);
const PNG_HEADER_BYTES = 24;

/**
 * Width and height from a file's header, without decoding: PNG by its first 24 bytes, other formats through sharp.
 * @throws EosinError `IMAGE_CORRUPT`, naming the file.
 */
export async function readImageSize(path: string): Promise<Size> {
  if (!/\.png$/i.test(path)) return readSizeBySharp(path);
  const file = await open(path);
  try {
    const header = Buffer.alloc(PNG_HEADER_BYTES);
    const { bytesRead } = await file.read(header, 0, PNG_HEADER_BYTES, 0);
    const isPng = bytesRead === PNG_HEADER_BYTES && header.subarray(0, 8).equals(PNG_SIGNATURE);
    if (!isPng || header.toString("latin1", 12, 16) !== "IHDR") {
      throw corrupt(path, "a PNG header", bytesRead === 0 ? "an empty file" : "other bytes");
    }
    const size = { width: header.readUInt32BE(16), height: header.readUInt32BE(20) };
    if (size.width === 0 || size.height === 0) throw corrupt(path, "a size above 0", `${size.width}×${size.height}`);
    return size;
  } finally {
    await file.close();
  }
}

async function readSizeBySharp(path: string): Promise<Size> {
  const { default: sharp } = await import("./single-threaded-sharp.js");
  try {
    const { width, height } = await sharp(path, { limitInputPixels: false }).metadata();
    return { width, height };
  } catch (cause) {
    throw corrupt(path, "a JPEG or TIFF header", cause instanceof Error ? cause.message : String(cause));
  }
}

function corrupt(path: string, expected: string, found: string): EosinError {
  return new EosinError({
    code: "IMAGE_CORRUPT",
    message: "The file is not a readable image.",
    place: path,
    expected,
    found,
    next: "Replace the file, or leave the sample out of the dataset.",
  });
}

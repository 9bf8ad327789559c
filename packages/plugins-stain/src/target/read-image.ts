import { EosinError } from "@eosin/plugin-api";
import type { RgbImage } from "@eosin/plugin-api/imaging";

/** @throws EosinError `TARGET_UNREADABLE`, naming the file. */
export async function readTargetImage(file: string): Promise<RgbImage> {
  const { default: sharp } = await import("sharp");
  try {
    const { data, info } = await sharp(file)
      .removeAlpha()
      .toColourspace("srgb")
      .raw()
      .toBuffer({ resolveWithObject: true });
    return { width: info.width, height: info.height, data: new Uint8Array(data.buffer, data.byteOffset, data.length) };
  } catch (cause) {
    throw new EosinError({
      code: "TARGET_UNREADABLE",
      message: "The normalizer's target image cannot be read.",
      place: file,
      expected: "an 8-bit RGB picture (PNG, JPEG, TIFF)",
      found: cause instanceof Error ? cause.message : String(cause),
      next: "Name another file in `target`, or leave it out to take the training patch nearest the median.",
      cause,
    });
  }
}

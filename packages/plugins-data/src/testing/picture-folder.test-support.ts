import { mkdir, mkdtemp } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import sharp from "sharp";

export async function temporaryFolder(): Promise<string> {
  return mkdtemp(join(tmpdir(), "plugins-data-"));
}

/** Writes bytes as a picture; the format is the path's. @param channels 1: grey, 3: RGB, 4: RGBA */
export async function writePicture(
  path: string,
  data: Uint8Array,
  width: number,
  height: number,
  channels: 1 | 3 | 4,
): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  const picture = sharp(data, { raw: { width, height, channels } }).toColourspace(channels === 1 ? "b-w" : "srgb");
  // sharp's own choice for TIFF is lossy.
  if (/\.tiff?$/.test(path)) picture.tiff({ compression: "lzw" });
  await picture.toFile(path);
}

/** An RGB image and a 0/255 mask with a foreground square; different for each `tint`. */
export async function writePair(
  image: string,
  mask: string,
  width: number,
  height: number,
  tint: number,
): Promise<void> {
  const pixels = width * height;
  const rgb = Uint8Array.from({ length: pixels * 3 }, (_, i) => (i * 13 + tint * 29) & 255);
  const labels = Uint8Array.from({ length: pixels }, (_, i) => (i % width < width / 2 ? 255 : 0));
  await writePicture(image, rgb, width, height, 3);
  await writePicture(mask, labels, width, height, 1);
}

import { readWhole } from "./file/open-picture.js";
import { decoding } from "./file/picture-fault.js";
import { readBmpHeader } from "./formats/bmp/bmp-header.js";
import { readBmpPixels } from "./formats/bmp/bmp-pixels.js";
import { readColourBoxes } from "./formats/jpeg2000/boxes.js";
import { decodeJpeg2000 } from "./formats/jpeg2000/openjpeg.js";
import { yccToRgb } from "./formats/jpeg2000/ycc.js";
import { decodePlainPng } from "./formats/png/plain-png.js";
import type { PictureHeader } from "./header.js";
import { turnUpright } from "./orientation.js";
import type { OpenedPicture } from "./read-header.js";
import type { Samples } from "./samples.js";
import { sharpSamples } from "./sharp-samples.js";

/**
 * Decodes a picture to the values that the file holds: nothing is scaled, converted or laid on anything.
 * @throws EosinError `IMAGE_CORRUPT`, `IMAGE_UNCLEAR`, naming the file
 */
export async function readSamples({ header, bytes }: OpenedPicture): Promise<Samples> {
  return decoding(header.path, () => decoders[header.format](header, bytes));
}

type Decoder = (header: PictureHeader, bytes: Buffer | undefined) => Promise<Samples>;

const decoders: { readonly [Format in PictureHeader["format"]]: Decoder } = {
  png: async (header, bytes) =>
    header.palette ? pngIndices(header, bytes) : ((await plainPng(header, bytes)) ?? sharpSamples(header)),
  jpeg: sharpSamples,
  webp: sharpSamples,
  tiff: async (header) => (await import("./formats/tiff/tiff-samples.js")).readTiffSamples(header),
  bmp: bmpSamples,
  jpeg2000: jpeg2000Samples,
};

async function plainPng(header: PictureHeader, bytes: Buffer | undefined): Promise<Samples | undefined> {
  const data = await decodePlainPng(header, bytes);
  const { width, height, colour } = header;
  return data && { width, height, channels: colour === "grey" ? 1 : 3, data, alpha: "none", opaque: 255 };
}

async function pngIndices({ path, orientation }: PictureHeader, bytes: Buffer | undefined): Promise<Samples> {
  const { readPngIndices } = await import("./formats/png/png-indices.js");
  const { indices, palette, ...size } = readPngIndices(bytes ?? (await readWhole(path)));
  const upright = turnUpright(indices, size, 1, orientation);
  return { ...upright, channels: 1, alpha: "none", opaque: 255, palette };
}

async function bmpSamples({ path }: PictureHeader, opened: Buffer | undefined): Promise<Samples> {
  const bytes = opened ?? (await readWhole(path));
  const header = readBmpHeader(bytes, path);
  const { channels, data } = readBmpPixels(bytes, header, path);
  const { width, height, palette } = header;
  const alpha = channels === 4 ? "straight" : "none";
  return { width, height, channels, data, alpha, opaque: 255, palette: channels === 1 ? palette : undefined };
}

/** An enumerated colour space of JP2: luma and two colour differences. */
const YCC = 18;
/** Bytes that the boxes before the codestream are within. */
const HEADERS = 2 ** 16;

async function jpeg2000Samples({ path, alpha }: PictureHeader, opened: Buffer | undefined): Promise<Samples> {
  const bytes = opened ?? (await readWhole(path));
  const { width, height, componentCount, data, bitsPerSample } = await decodeJpeg2000(bytes);
  const isYcc = readColourBoxes(bytes.subarray(0, HEADERS)).enumerated === YCC;
  const opaque = 2 ** bitsPerSample - 1;
  return {
    width,
    height,
    channels: componentCount,
    data: isYcc ? yccToRgb(data, componentCount, opaque) : data,
    alpha: alpha ? "straight" : "none",
    opaque,
  };
}

import { type PictureFile, pictureOfBytes, withPicture, withWholePicture } from "./file/open-picture.js";
import { corrupt, decoding, unclear } from "./file/picture-fault.js";
import { noSuchPage, severalPictures } from "./file/several-pictures.js";
import { readBmpHeader } from "./formats/bmp/bmp-header.js";
import { readColourBoxes } from "./formats/jpeg2000/boxes.js";
import { readCodestream } from "./formats/jpeg2000/codestream.js";
import { readPngHeader } from "./formats/png/png-header.js";
import { isLosslessWebp } from "./formats/webp/webp-header.js";
import type { PictureHeader } from "./header.js";
import { profileToApply } from "./profile/srgb-profile.js";

/** Which picture of a file {@link readHeader} looks at. */
export interface HeaderOptions {
  /** Which picture of a file that holds several, from 1. */
  readonly page?: number;
  /** The whole file, where it was read already. */
  readonly whole?: Buffer;
}

/**
 * What a file says of itself, by its content and not by its ending; nothing is decoded.
 * @throws EosinError `FILE_MISSING`, `FILE_UNREADABLE`, `NO_PICTURE`, `IMAGE_CORRUPT`, `IMAGE_UNCLEAR`, naming the file
 */
export async function readHeader(path: string, { page, whole }: HeaderOptions = {}): Promise<PictureHeader> {
  const header = (file: PictureFile) => decoding(path, () => readers[file.format](file, page));
  return whole ? header(pictureOfBytes(path, whole)) : withPicture(path, header);
}

export interface OpenedPicture {
  readonly header: PictureHeader;
  /** The whole file, where it is small. */
  readonly bytes?: Buffer;
}

/** {@link readHeader} of a file that will be decoded. */
export async function openPicture(path: string, { page }: Pick<HeaderOptions, "page">): Promise<OpenedPicture> {
  return withWholePicture(path, async (file) => {
    const header = await decoding(path, () => readers[file.format](file, page));
    return file.start.length === file.bytes ? { header, bytes: file.start } : { header };
  });
}

type HeaderReader = (file: PictureFile, page: number | undefined) => Promise<PictureHeader>;

const readers: { readonly [Format in PictureFile["format"]]: HeaderReader } = {
  png: pngHeader,
  jpeg: async (file, page) => ({ ...(await sharpHeader(file, page)), lossy: true }),
  webp: async (file, page) => ({ ...(await sharpHeader(file, page)), lossy: !(await isLosslessWebp(file)) }),
  // Its library is loaded where there is a TIFF.
  tiff: async (file, page) => (await import("./formats/tiff/read-tiff-header.js")).readTiffHeader(file, page),
  bmp: bmpHeader,
  jpeg2000: jpeg2000Header,
};

/** Most pictures are PNG, and their headers are read while planning: no decoder is opened for plain ones. */
async function pngHeader(file: PictureFile, page: number | undefined): Promise<PictureHeader> {
  const png = await readPngHeader(file);
  if (png.animated && page === undefined) throw severalPictures(file.path, "an animation");
  if (page !== undefined && page !== 1) throw noSuchPage(file.path, page, 1);
  const { width, height, bitDepth, colour, alpha, oddGamma } = png;
  const plain: PictureHeader = {
    ...fixedParts(file),
    width,
    height,
    depth: colour === "palette" ? 8 : bitDepth,
    colour: colour === "grey" ? "grey" : "rgb",
    alpha,
    palette: colour === "palette",
    notes: oddGamma === undefined ? [] : [`the file's gamma ${oddGamma} is not applied`],
  };
  if (!png.hasProfile && !png.hasExif) return plain;
  const { orientation, profile, width: upright, height: tall } = await sharpHeader(file, undefined);
  return { ...plain, orientation, profile, width: upright, height: tall };
}

/** By libvips: JPEG and WebP, and what PNG chunks hold inside. */
async function sharpHeader(file: PictureFile, page: number | undefined): Promise<PictureHeader> {
  const { default: sharp } = await import("./single-threaded-sharp.js");
  const found = await sharp(file.path, { limitInputPixels: false }).metadata();
  const pages = found.pages ?? 1;
  if (pages > 1 && page === undefined) throw severalPictures(file.path, `an animation of ${pages} pictures`);
  if (page !== undefined && page > pages) throw noSuchPage(file.path, page, pages);
  const { orientation = 1, icc, space } = found;
  const colour = space === "cmyk" ? "cmyk" : space === "b-w" || space === "grey16" ? "grey" : "rgb";
  const height = found.pageHeight ?? found.height;
  const [upright, tall] = orientation >= 5 ? [height, found.width] : [found.width, height];
  return {
    ...fixedParts(file),
    width: upright,
    height: tall,
    colour,
    alpha: found.hasAlpha,
    orientation,
    pages,
    pageIndices: [(page ?? 1) - 1],
    profile: profileToApply(icc, colour),
  };
}

async function bmpHeader(file: PictureFile): Promise<PictureHeader> {
  const { width, height, palette, masks, bits } = readBmpHeader(file.start, file.path);
  return {
    ...fixedParts(file),
    width,
    height,
    colour: "rgb",
    alpha: bits > 8 && masks[3] !== 0,
    palette: palette.length > 0,
    byLibvips: false,
  };
}

const JPEG2000_START = 2 ** 16;
const CMYK = 12;

async function jpeg2000Header(file: PictureFile): Promise<PictureHeader> {
  const start = await file.read(0, JPEG2000_START);
  const stream = readCodestream(start);
  if (stream === undefined) throw corrupt(file.path, "a JPEG 2000 file without its main header");
  const boxes = readColourBoxes(start);
  const { width, height, bitsPerSample, isSigned, components, reversible } = stream;
  const alpha = boxes.alpha || components === 2;
  const colours = components - (alpha ? 1 : 0);
  if (boxes.enumerated === CMYK || alpha || (colours !== 1 && colours !== 3)) {
    throw unclear(file.path, {
      expected: "a JPEG 2000 of one component (grey) or three (red, green, blue)",
      found: boxes.enumerated === CMYK ? "CMYK" : alpha ? "transparency" : `${components} components`,
      next: "Save it as PNG, or without what is beside the colours.",
    });
  }
  return {
    ...fixedParts(file),
    width,
    height,
    depth: bitsPerSample,
    sampleType: isSigned ? "signed" : "unsigned",
    colour: colours === 1 ? "grey" : "rgb",
    alpha: false,
    lossy: !reversible,
    byLibvips: false,
    profile: profileToApply(boxes.profile, colours === 1 ? "grey" : "rgb"),
    declaredRange: bitsPerSample > 8 && bitsPerSample < 16 && !isSigned ? 2 ** bitsPerSample - 1 : undefined,
  };
}

/** What most pictures are; each format says what differs. */
function fixedParts({ path, format, bytes }: PictureFile) {
  return {
    path,
    format,
    bytes,
    depth: 8,
    sampleType: "unsigned",
    palette: false,
    orientation: 1,
    pages: 1,
    pageIndices: [0],
    byLibvips: true,
    lossy: false,
    notes: [],
  } as const;
}

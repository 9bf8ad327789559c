import type { PictureFile } from "../../file/open-picture.js";
import { corrupt, unclear } from "../../file/picture-fault.js";
import type { PictureHeader } from "../../header.js";
import { valueRanges } from "../../image/value-ranges.js";
import { profileToApply } from "../../profile/srgb-profile.js";
import { shownAsRgb } from "./channel-pages.js";
import type { TiffPicture } from "./tiff-file.js";
import { photometrics, type TiffPage } from "./tiff-page.js";

/** Compressions that change values: JPEG (old and new), JPEG 2000 of slides, WebP, JPEG XR and XL. */
const LOSSY = new Set([6, 7, 33003, 33005, 34712, 34892, 50001, 50002, 22610, 34934]);

/** @throws EosinError `IMAGE_UNCLEAR` where the values of a pixel are not a colour. */
export function headerOfTiff({ path, bytes }: PictureFile, { pages, pictures }: TiffPicture): PictureHeader {
  const [page] = pages;
  for (const each of pages) refuseUnreadable(each, path, bytes);
  const values = pages.length > 1 ? pages.length : page.samples;
  const { colour, alpha, notes } = coloursOf(page, values, path);
  const swaps = page.orientation >= 5 && page.orientation <= 8;
  return {
    path,
    format: "tiff",
    bytes,
    width: swaps ? page.height : page.width,
    height: swaps ? page.width : page.height,
    depth: page.photometric === photometrics.palette ? 8 : page.bits,
    sampleType: page.sampleType,
    colour,
    alpha,
    palette: page.palette !== undefined,
    orientation: page.orientation,
    pages: pictures,
    pageIndices: pages.map(({ index }) => index),
    byLibvips: pages.length === 1 && libvipsReads(page, values, colour),
    lossy: LOSSY.has(page.compression),
    profile: profileToApply(page.profile, colour),
    declaredRange: page.bits > 8 ? declared(page) : undefined,
    notes,
  };
}

/** @throws EosinError `IMAGE_CORRUPT` where pixels are not in the file, `IMAGE_UNCLEAR` where nothing here reads them */
function refuseUnreadable(page: TiffPage, path: string, fileBytes: number): void {
  const { end, absent, bits, sampleType, samples, photometric, compression } = page;
  if (end > fileBytes) throw corrupt(path, `${fileBytes} bytes of ${end}: it is cut off`);
  if (absent > 0) throw corrupt(path, `${absent} strips or tiles that are not there`);
  const unread =
    (bits === 64 && sampleType !== "float" && "64-bit whole numbers") ||
    (![8, 16, 32, 64].includes(bits) && samples > 1 && `${bits} bits a value, packed`) ||
    (photometric === photometrics.lab && "CIELAB colours") ||
    (photometric === photometrics.yCbCr &&
      compression !== 6 &&
      compression !== 7 &&
      "YCbCr that is not compressed as JPEG") ||
    (photometric === photometrics.whiteIsZero && sampleType !== "unsigned" && "numbers of which 0 is white") ||
    (!READ_PHOTOMETRICS.has(photometric) && `photometric interpretation ${photometric}`) ||
    (!FAX.has(compression) &&
      !DECODED.has(compression) &&
      `compression ${compressionNames[compression] ?? compression}`) ||
    (compression === 7 && bits !== 8 && `JPEG of ${bits} bits`);
  if (unread) {
    throw unclear(path, {
      expected: "a TIFF of 8 or 16 bits, or of floating-point numbers, in grey or RGB",
      found: `${unread}, which is not read`,
      next: "Save it as 8-bit or 16-bit RGB (masks: grey), uncompressed or with LZW or deflate.",
    });
  }
}

const READ_PHOTOMETRICS = new Set<number>(Object.values(photometrics));
/** By either decoder: none, LZW, JPEG, deflate, PackBits, LERC, Zstandard. */
const DECODED = new Set([1, 5, 6, 7, 8, 32773, 32946, 34887, 50000]);
const compressionNames: { readonly [code: number]: string } = {
  33003: "JPEG 2000",
  33005: "JPEG 2000",
  34712: "JPEG 2000",
  34892: "lossy JPEG of DNG",
  34925: "LZMA",
  34934: "JPEG XR",
  50001: "WebP",
  50002: "JPEG XL",
};

/** Unsigned values of 8 and 16 bits in usual layouts; and 1 bit, which the other decoder does not know. */
function libvipsReads(page: TiffPage, values: number, colour: PictureHeader["colour"]): boolean {
  const { bits, sampleType, photometric, compression, extra } = page;
  if (FAX.has(compression) || (bits === 1 && values === 1)) return true;
  if (sampleType !== "unsigned" || (bits !== 8 && bits !== 16) || !COMMON.has(compression)) return false;
  if (page.palette !== undefined || extra === PREMULTIPLIED || (page.planar && page.tiled)) return false;
  // It warns of values that the file does not explain, and a warning is taken for a fault.
  if (extra === undefined && values > (colour === "grey" ? 1 : colour === "cmyk" ? 4 : 3)) return false;
  return photometric > photometrics.blackIsZero || values <= 2;
}

const PREMULTIPLIED = 1;
const STRAIGHT = 2;
const FAX = new Set([2, 3, 4]);
/** None, LZW, JPEG, deflate (old number too), PackBits: decoded much faster than by JavaScript. */
const COMMON = new Set([1, 5, 6, 7, 8, 32773, 32946]);

/** 12 bits say theirs. Some programs write the largest value of the picture there: that is not a range. */
function declared({ declaredMaximum = 0, bits, sampleType }: TiffPage): number | undefined {
  if (sampleType === "unsigned" && bits < 16) return 2 ** bits - 1;
  return valueRanges.includes(declaredMaximum) ? declaredMaximum : undefined;
}

function coloursOf(page: TiffPage, values: number, path: string): Pick<PictureHeader, "colour" | "alpha" | "notes"> {
  const { photometric, extra } = page;
  if (photometric === photometrics.palette) return { colour: "rgb", alpha: false, notes: [] };
  const expected = { [photometrics.cmyk]: 4, [photometrics.rgb]: 3, [photometrics.yCbCr]: 3, [photometrics.lab]: 3 }[
    photometric
  ];
  const colours = expected ?? (values >= 3 ? 3 : 1);
  const more = values - colours;
  if (more < 0 || more > 1 || (more === 1 && extra === undefined && values !== 4 && values !== 2)) {
    throw unclear(path, {
      expected: "one value a pixel (grey) or three (red, green, blue), and alpha",
      found: `${values} values a pixel`,
      next: "Save the channels that are meant as an RGB picture.",
    });
  }
  const isAlpha = more === 1 && (extra === PREMULTIPLIED || extra === STRAIGHT);
  const notes: string[] = [];
  if (values !== page.samples && !shownAsRgb(page)) {
    throw unclear(path, {
      expected: "channels that are shown as red, green and blue, in this order",
      found: "channels of other colours",
      next: "Make an RGB picture of it (ImageJ: Image, Type, RGB Color).",
    });
  }
  if (values !== page.samples) notes.push(`${values} pages read as red, green and blue`);
  if (more === 1 && !isAlpha) notes.push("a further value a pixel, which the file does not call alpha, is left out");
  if (expected === undefined && colours === 3 && values === page.samples) {
    notes.push("three values a pixel that the file does not call RGB are read as red, green and blue");
  }
  const colour = photometric === photometrics.cmyk ? "cmyk" : colours === 3 ? "rgb" : "grey";
  return { colour, alpha: isAlpha, notes };
}

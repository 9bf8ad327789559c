import type { PictureFile } from "../../file/open-picture.js";
import { unclear } from "../../file/picture-fault.js";
import type { PictureHeader } from "../../header.js";
import { valueRanges } from "../../image/value-ranges.js";
import { profileToApply } from "../../profile/srgb-profile.js";
import type { TiffPicture } from "./tiff-file.js";
import { photometrics, type TiffPage } from "./tiff-page.js";

/** Compressions that change values: JPEG (old and new), JPEG 2000 of slides, WebP, JPEG XR and XL. */
const LOSSY = new Set([6, 7, 33003, 33005, 34712, 34892, 50001, 50002, 22610, 34934]);

/** @throws EosinError `IMAGE_UNCLEAR` where the values of a pixel are no colour. */
export function headerOfTiff({ path, bytes }: PictureFile, { pages, pictures }: TiffPicture): PictureHeader {
  const [page] = pages;
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

/** Unsigned values of 8 and 16 bits in usual layouts; and 1 bit, which the other decoder does not know. */
function libvipsReads(page: TiffPage, values: number, colour: PictureHeader["colour"]): boolean {
  const { bits, sampleType, photometric, compression, extra } = page;
  if (FAX.has(compression) || (bits === 1 && values === 1)) return true;
  if (sampleType !== "unsigned" || (bits !== 8 && bits !== 16) || !COMMON.has(compression)) return false;
  if (page.palette !== undefined || colour === "other" || extra === PREMULTIPLIED) return false;
  return photometric > photometrics.blackIsZero || values <= 2;
}

const PREMULTIPLIED = 1;
const FAX = new Set([2, 3, 4]);
/** None, LZW, JPEG, deflate (old number too), PackBits: decoded much faster than by JavaScript. */
const COMMON = new Set([1, 5, 6, 7, 8, 32773, 32946]);

/** 12 bits say theirs. Some programs write the largest value of the picture there: that is no range. */
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
  const isAlpha = more === 1 && extra !== 0;
  const notes: string[] = [];
  if (values !== page.samples) notes.push(`${values} pages read as red, green and blue`);
  if (more === 1 && !isAlpha) notes.push("a further value a pixel, which the file does not call alpha, is left out");
  if (expected === undefined && colours === 3 && values === page.samples) {
    notes.push("three values a pixel that the file does not call RGB are read as red, green and blue");
  }
  const colour =
    photometric === photometrics.cmyk
      ? "cmyk"
      : photometric === photometrics.lab
        ? "other"
        : colours === 3
          ? "rgb"
          : "grey";
  return { colour, alpha: isAlpha, notes };
}

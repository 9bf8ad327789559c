import type { GeoTIFF } from "geotiff";
import { corrupt } from "../../file/picture-fault.js";
import { noSuchPage, severalPictures } from "../../file/several-pictures.js";
import { channelPages } from "./channel-pages.js";
import { openGeotiff } from "./open-geotiff.js";
import { readTiffPage, type TiffPage } from "./tiff-page.js";

/** What of a TIFF is read as one picture. */
export interface TiffPicture {
  /** One page, or one a channel. */
  readonly pages: readonly TiffPage[];
  /** Pages that are not reduced copies; channels kept as pages count as one. */
  readonly pictures: number;
}

const PAGES_AT_MOST = 1000;
const silent = { debug() {}, log() {}, info() {}, warn() {}, error() {}, time() {}, timeEnd() {} };

/** Opens a TIFF's structure; its file is closed when `use` is through. */
export async function withTiff<T>(path: string, use: (tiff: GeoTIFF) => Promise<T>): Promise<T> {
  const { fromFile, setLogger } = await openGeotiff();
  // It says on the console what errors say anyway.
  setLogger(silent);
  const tiff = await fromFile(path);
  try {
    return await use(tiff);
  } finally {
    await tiff.close();
  }
}

/**
 * @param page Which of several pictures, from 1.
 * @throws EosinError `IMAGE_UNCLEAR` where the file holds several pictures and none is asked for
 */
export async function chooseTiffPages(tiff: GeoTIFF, path: string, page: number | undefined): Promise<TiffPicture> {
  const all = await readPages(tiff, path);
  const whole = all.filter((each) => !each.reduced);
  const pages = whole.length > 0 ? whole : all;
  const channels = page === undefined ? channelPages(pages) : 0;
  if (channels > 0) return { pages, pictures: 1 };
  if (page !== undefined) {
    const chosen = pages[page - 1];
    if (chosen === undefined) throw noSuchPage(path, page, pages.length);
    return { pages: [chosen], pictures: pages.length };
  }
  if (pages.length > 1) {
    throw severalPictures(
      path,
      `${pages.length} pages (${pages.slice(0, 3).map(sizeOf).join(", ")}${pages.length > 3 ? ", …" : ""})`,
    );
  }
  return { pages, pictures: 1 };
}

/** Page by page, each from the one before: a chain may lead back to a page that was seen, and would never end. */
async function readPages(tiff: GeoTIFF, path: string): Promise<TiffPage[]> {
  const pages: TiffPage[] = [];
  const seen = new Set<number>();
  for (let next = 1; next !== 0 && pages.length < PAGES_AT_MOST; ) {
    const image = await tiff.getImage(pages.length);
    pages.push(await readTiffPage(image, pages.length));
    next = Number(image.fileDirectory.nextIFDByteOffset);
    if (next !== 0 && seen.has(next)) throw corrupt(path, "pages that lead back to themselves");
    seen.add(next);
  }
  return pages;
}

function sizeOf({ width, height }: TiffPage): string {
  return `${width}×${height}`;
}

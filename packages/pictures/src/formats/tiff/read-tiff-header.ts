import type { PictureFile } from "../../file/open-picture.js";
import type { PictureHeader } from "../../header.js";
import { chooseTiffPages, withTiff } from "./tiff-file.js";
import { headerOfTiff } from "./tiff-header.js";

/** @throws EosinError `IMAGE_CORRUPT`, `IMAGE_UNCLEAR` */
export async function readTiffHeader(file: PictureFile, page: number | undefined): Promise<PictureHeader> {
  return withTiff(file.path, async (tiff) => headerOfTiff(file, await chooseTiffPages(tiff, file.path, page)));
}

import { EosinError } from "@eosin/plugin-api";
import { formatBytes } from "@eosin/support/format-bytes";
import type { PictureHeader } from "./header.js";

/** Pixels of the largest picture that is opened without being asked for: 16 384 × 16 384. */
export const pixelLimit = 16_384 ** 2;

/**
 * Refuses a picture that has more pixels than may be opened at once.
 * @param limit Pixels.
 * @throws EosinError `PICTURE_TOO_LARGE`
 */
export function refuseLarge(
  { path, width, height }: Pick<PictureHeader, "path" | "width" | "height">,
  limit = pixelLimit,
): void {
  if (width * height <= limit) return;
  throw new EosinError({
    code: "PICTURE_TOO_LARGE",
    message: "The picture is larger than is opened at once.",
    place: path,
    expected: `at most ${limit.toLocaleString("en")} pixels`,
    found: `${width}×${height}, ${(width * height).toLocaleString("en")} pixels (${formatBytes(width * height * 3)} in memory)`,
    next: `Cut it into patches, or allow it with \`maxPixels: ${width * height}\`.`,
  });
}

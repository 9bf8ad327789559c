import type { PictureHeader } from "@eosin/pictures";
import { EosinError } from "@eosin/plugin-api";

type SizedPicture = Pick<PictureHeader, "path" | "width" | "height" | "orientation">;

/** Sizes are upright ones: where only the turn of one file makes them differ, that is said. */
export function sizeMismatch(image: SizedPicture, mask: SizedPicture): EosinError {
  const turned = [image, mask].find(({ orientation }) => orientation > 1);
  const swapped = image.width === mask.height && image.height === mask.width;
  return new EosinError({
    code: "SIZE_MISMATCH",
    message: "A mask has another size than its image.",
    place: mask.path,
    expected: `${sizeOf(image)}, as ${image.path}`,
    found: sizeOf(mask),
    next:
      turned && swapped
        ? `Both are turned upright, as the EXIF of ${turned.path} asks: if it is wrong, take its orientation out; else export the mask again.`
        : "Export the mask again at the image's size, or leave the pair out.",
  });
}

function sizeOf({ width, height, orientation }: SizedPicture): string {
  return `${width}×${height}${orientation > 1 ? " once it is upright" : ""}`;
}

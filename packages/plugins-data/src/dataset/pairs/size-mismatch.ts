import { EosinError } from "@eosin/plugin-api";
import type { Size } from "../../image/resize-sample.js";
import type { PairSource } from "./index-pairs.js";

export function sizeMismatch(files: PairSource, image: Size, mask: Size): EosinError {
  return new EosinError({
    code: "SIZE_MISMATCH",
    message: "A mask has another size than its image.",
    place: files.mask,
    expected: `${image.width}×${image.height}, as ${files.image}`,
    found: `${mask.width}×${mask.height}`,
    next: "Export the mask again at the image's size, or leave the pair out.",
  });
}

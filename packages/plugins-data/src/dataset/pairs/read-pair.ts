import type { Sample, SampleEntry } from "@eosin/plugin-api/imaging";
import { decodeMask, decodeRgb } from "../../image/decode.js";
import type { PairSource } from "./index-pairs.js";
import { sizeMismatch } from "./size-mismatch.js";

/** @throws EosinError `FILE_MISSING`, `IMAGE_CORRUPT`, `MASK_NOT_BINARY` or `SIZE_MISMATCH`, naming the file. */
export async function readPair(entry: SampleEntry): Promise<Sample> {
  const source = entry.source as PairSource;
  const [image, mask] = await Promise.all([decodeRgb(source.image), decodeMask(source.mask)]);
  if (image.width !== mask.width || image.height !== mask.height) throw sizeMismatch(source, image, mask);
  return { id: entry.id, domain: entry.domain, image, mask };
}

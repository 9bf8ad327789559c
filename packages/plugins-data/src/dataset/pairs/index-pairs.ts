import { createHash } from "node:crypto";
import type { PlanContext } from "@eosin/plugin-api";
import type { SampleEntry } from "@eosin/plugin-api/imaging";
import { readImageSize } from "../../image/image-size.js";
import { mapLimited } from "../../map-limited.js";
import type { FilePair } from "./pair-files.js";
import { sizeMismatch } from "./size-mismatch.js";

/** Counts up when the same files would be read as other pixels: hashes must change then. */
const READER_VERSION = 1;

/** What {@link readPair} needs of an entry; the paths are absolute. */
export type PairSource = { readonly image: string; readonly mask: string };

/**
 * The index entries of file pairs: sizes from headers, hashes of the files' bytes.
 * @throws EosinError `IMAGE_CORRUPT` or `SIZE_MISMATCH`, naming the file.
 */
export async function indexPairs(pairs: readonly FilePair[], context: PlanContext): Promise<SampleEntry[]> {
  const hashes = await context.files.hashAll(pairs.flatMap((pair) => [pair.image, pair.mask]));
  return mapLimited(pairs, 32, async (pair, i) => {
    const image = await readImageSize(pair.image);
    const mask = await readImageSize(pair.mask);
    if (image.width !== mask.width || image.height !== mask.height) throw sizeMismatch(pair, image, mask);
    const source: PairSource = { image: pair.image, mask: pair.mask };
    return {
      id: pair.id,
      domain: pair.domain,
      ...image,
      hash: createHash("sha256")
        .update(`${READER_VERSION}:${hashes[2 * i]}:${hashes[2 * i + 1]}`)
        .digest("hex"),
      source,
    };
  });
}

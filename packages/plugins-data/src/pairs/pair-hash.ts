import { isDeep } from "@eosin/pictures";
import { sha256Of } from "@eosin/support/sha256";
import type { SharedHeader } from "./open-headers.js";
import { type ReadingOptions, writtenReading } from "./reading-options.js";

/** Counts up when the same files would be read as other pixels: hashes must change then. */
const READER_VERSION = 1;
/** Of files that the first version read otherwise: deep, turned, with a profile, transparent, one page of several. */
const SPECIAL_VERSION = 2;

/** A pair's headers, and the SHA-256 of its files. */
export interface HashedPair {
  readonly image: SharedHeader;
  readonly imageHash: string;
  /** Absent where there is no mask. */
  readonly mask?: SharedHeader;
  readonly maskHash?: string;
}

/**
 * The content hash of each pair: of the files' bytes and of everything that decides what they are read as. Where that
 * is a range or a rule which all files of the data set make together, all of those files are part of it.
 */
export function pairHashes(pairs: readonly HashedPair[], options: ReadingOptions): string[] {
  const written = writtenReading(options);
  const together = {
    range: setHash(pairs.filter((pair) => makesRange(pair, options)).map((pair) => pair.imageHash)),
    mask: setHash(pairs.filter((pair) => makesMaskRule(pair, options)).map((pair) => pair.maskHash ?? "")),
  };
  return pairs.map((pair) => {
    const { image, imageHash, mask, maskHash } = pair;
    const version = isSpecial(image) || (mask && isSpecial(mask)) ? SPECIAL_VERSION : READER_VERSION;
    const parts = [`${version}:${imageHash}:${maskHash ?? "no mask"}`];
    if (makesRange(pair, options)) parts.push(`range of ${together.range}`);
    if (makesMaskRule(pair, options)) parts.push(`rule of ${together.mask}`);
    if (written) parts.push(JSON.stringify(written));
    return sha256Of(parts.join(":"));
  });
}

function isSpecial(header: SharedHeader): boolean {
  const { orientation, profile, alpha, pages, pageIndices, colour, notes, format, palette } = header;
  return (
    isDeep(header) ||
    orientation > 1 ||
    profile !== undefined ||
    alpha ||
    pages > 1 ||
    pageIndices.length > 1 ||
    colour === "cmyk" ||
    notes.length > 0 ||
    (palette && format !== "png")
  );
}

function makesRange({ image }: HashedPair, { range }: ReadingOptions): boolean {
  return range === undefined && isDeep(image) && image.declaredRange === undefined;
}

function makesMaskRule({ mask }: HashedPair, { maskThreshold, maskChannel }: ReadingOptions): boolean {
  if (mask === undefined) return false;
  return (mask.lossy && maskThreshold === undefined) || (mask.alpha && maskChannel === undefined);
}

function setHash(hashes: readonly string[]): string {
  return sha256Of([...hashes].sort().join(" "));
}

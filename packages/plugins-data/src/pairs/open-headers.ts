import { type PictureHeader, readHeader } from "@eosin/pictures";
import type { FileHasher, JsonValue, KnownFile, PlanContext } from "@eosin/plugin-api";
import { inParallel } from "@eosin/support/in-parallel";
import { pictureReading, type ReadingOptions } from "./reading-options.js";

/** Counts up when headers tell something else of the same file. */
const HEADER_VERSION = 2;
const OPEN_AT_ONCE = 32;

/** A picture's header, and the SHA-256 of its file. */
export interface OpenedHeader {
  /** One object for all pictures alike. */
  readonly header: SharedHeader;
  readonly sha256: string;
}

/** What a header says of itself: of many pictures the same. */
export type SharedHeader = Omit<PictureHeader, "path" | "bytes">;

/** @param index Of the path. @throws EosinError where that file could not be read, or has no header of a picture */
export type HeaderReading = (index: number) => OpenedHeader;

/** Opens pictures, past those at fault; what is remembered of files that have not changed is not read again. */
export async function openHeaders(
  paths: readonly string[],
  { files }: Pick<PlanContext, "files">,
  options: ReadingOptions,
): Promise<HeaderReading> {
  const { page } = pictureReading(options).image;
  const kind = `picture-header ${HEADER_VERSION}${page === undefined ? "" : ` page ${page}`}`;
  const read = (path: string, whole?: Buffer) => readHeader(path, { page, whole });
  const opened = files.factsOf
    ? await files.factsOf(kind, paths, async (path, whole) => toFact(await read(path, whole)))
    : await inParallel(paths, OPEN_AT_ONCE, (path) => openEach(path, files, read));
  const headers = new Map<JsonValue, SharedHeader>();
  return (index) => {
    const found = opened[index];
    if (found.status === "rejected") throw found.reason;
    const { sha256, fact } = found.value;
    const known = headers.get(fact);
    const header = known ?? fromFact(fact);
    if (!known) headers.set(fact, header);
    return { header, sha256 };
  };
}

/** Where nothing is remembered. */
async function openEach(
  path: string,
  files: FileHasher,
  read: (path: string) => Promise<PictureHeader>,
): Promise<PromiseSettledResult<KnownFile>> {
  const open = async () => {
    const header = await read(path);
    const [sha256] = await files.hashAll([path]);
    return { sha256, size: header.bytes, fact: toFact(header) };
  };
  return (await Promise.allSettled([open()]))[0];
}

/** The same for all pictures alike: neither path nor bytes. */
function toFact({ profile, path: _, bytes: __, ...plain }: PictureHeader): JsonValue {
  const said = Object.entries(plain).filter(([, value]) => value !== undefined);
  const encoded = profile && { profile: Buffer.from(profile).toString("base64") };
  return { ...Object.fromEntries(said), ...encoded } as JsonValue;
}

function fromFact(fact: JsonValue): SharedHeader {
  const { profile, ...plain } = fact as unknown as SharedHeader & { readonly profile?: string };
  return profile === undefined ? plain : { ...plain, profile: Buffer.from(profile, "base64") };
}

import { type PictureHeader, readHeader } from "@eosin/pictures";
import type { JsonValue, PlanContext } from "@eosin/plugin-api";
import { inParallel } from "@eosin/support/in-parallel";
import { pictureReading, type ReadingOptions } from "./reading-options.js";

/** Counts up when headers tell something else of the same file. */
const HEADER_VERSION = 1;
const OPEN_AT_ONCE = 32;

/** @throws EosinError where that file's header could not be read */
export type HeaderReading = (path: string) => PictureHeader;

/** Reads the headers of files, past those at fault; what is remembered of files that have not changed is not read again. */
export async function openHeaders(
  paths: readonly string[],
  { files }: Pick<PlanContext, "files">,
  options: ReadingOptions,
): Promise<HeaderReading> {
  const { page } = pictureReading(options).image;
  const kind = `picture-header ${HEADER_VERSION}${page === undefined ? "" : ` page ${page}`}`;
  const read = async (path: string) => toFact(await readHeader(path, { page }));
  const facts = files.factsOf
    ? await files.factsOf(kind, paths, read)
    : await inParallel(paths, OPEN_AT_ONCE, async (path) => (await Promise.allSettled([read(path)]))[0]);
  const byPath = new Map(paths.map((path, i) => [path, facts[i]]));
  return (path) => {
    const fact = byPath.get(path) as PromiseSettledResult<JsonValue>;
    if (fact.status === "rejected") throw fact.reason;
    return fromFact(fact.value);
  };
}

function toFact({ profile, ...plain }: PictureHeader): JsonValue {
  const said = Object.entries(plain).filter(([, value]) => value !== undefined);
  const encoded = profile && { profile: Buffer.from(profile).toString("base64") };
  return { ...Object.fromEntries(said), ...encoded } as JsonValue;
}

function fromFact(fact: JsonValue): PictureHeader {
  const { profile, ...plain } = fact as unknown as PictureHeader & { readonly profile?: string };
  return profile === undefined ? plain : { ...plain, profile: Buffer.from(profile, "base64") };
}

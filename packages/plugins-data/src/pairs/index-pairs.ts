import { refuseLarge } from "@eosin/pictures";
import { EosinError, isEosinError, type PlanContext } from "@eosin/plugin-api";
import type { SampleEntry } from "@eosin/plugin-api/imaging";
import { type HeaderReading, openHeaders, type SharedHeader } from "./open-headers.js";
import type { FilePair } from "./pair-files.js";
import { type HashedPair, pairHashes } from "./pair-hash.js";
import { pictureReading, type ReadingOptions } from "./reading-options.js";
import { sizeMismatch } from "./size-mismatch.js";

/** What {@link readPair} needs of an entry; the paths are absolute. Without a mask all is background. */
export type PairSource = { readonly image: string; readonly mask?: string };

/** A pair whose files cannot be samples, and why. */
interface PairFault {
  readonly id: string;
  readonly error: EosinError;
}

interface PairSurvey {
  readonly samples: readonly SampleEntry[];
  readonly faults: readonly PairFault[];
}

/**
 * The index entries of file pairs: sizes from headers, hashes of the files' bytes and of how they are read.
 * @throws EosinError of the first fault, which carries the others; each names its file. `context.onFault` takes them instead
 */
export async function indexPairs(
  pairs: readonly FilePair[],
  context: PlanContext,
  options: ReadingOptions = {},
): Promise<readonly SampleEntry[]> {
  const { samples, faults } = await surveyPairs(pairs, context, options);
  if (context.onFault) {
    for (const { id, error } of faults) context.onFault(id, error);
    return samples;
  }
  const [first, ...rest] = faults.map(({ error }) => error);
  if (first === undefined) return samples;
  throw rest.length === 0
    ? first
    : new EosinError({ ...first, message: first.message, cause: first.cause, also: rest });
}

async function surveyPairs(
  pairs: readonly FilePair[],
  context: PlanContext,
  options: ReadingOptions = {},
): Promise<PairSurvey> {
  const read = await openHeaders(
    pairs.flatMap(({ image, mask }) => (mask === undefined ? [image] : [image, mask])),
    context,
    options,
  );
  let next = 0;
  const headers = pairs.map((pair) => {
    const first = next;
    next += pair.mask === undefined ? 1 : 2;
    return pairOfHeaders(pair, (part) => read(first + part), options);
  });
  const faults = headers.flatMap((found, i) =>
    found instanceof EosinError ? [{ id: pairs[i].id, error: found }] : [],
  );
  const whole = pairs.flatMap((pair, i) => {
    const found = headers[i];
    return found instanceof EosinError ? [] : [{ pair, files: found }];
  });
  const hashes = pairHashes(
    whole.map(({ files }) => files),
    options,
  );
  const samples = whole.map(({ pair, files: { image } }, i): SampleEntry => {
    const { id, domain, attributes } = pair;
    const source: PairSource = { image: pair.image, ...(pair.mask !== undefined && { mask: pair.mask }) };
    const { width, height } = image;
    return { id, domain, width, height, hash: hashes[i], source, ...(attributes && { attributes }) };
  });
  return { samples, faults };
}

function pairOfHeaders(pair: FilePair, read: HeaderReading, options: ReadingOptions): EosinError | HashedPair {
  const { maxPixels } = pictureReading(options).image;
  try {
    const image = read(0);
    refuseLarge(placed(pair.image, image.header), maxPixels);
    const ofImage = { image: image.header, imageHash: image.sha256 };
    if (pair.mask === undefined) return ofImage;
    const mask = read(1);
    refuseLarge(placed(pair.mask, mask.header), maxPixels);
    if (image.header.width !== mask.header.width || image.header.height !== mask.header.height) {
      throw sizeMismatch({ path: pair.image, ...image.header }, { path: pair.mask, ...mask.header });
    }
    return { ...ofImage, mask: mask.header, maskHash: mask.sha256 };
  } catch (error) {
    if (isEosinError(error)) return error instanceof EosinError ? error : new EosinError(error);
    throw error;
  }
}

function placed(path: string, { width, height }: SharedHeader) {
  return { path, width, height };
}

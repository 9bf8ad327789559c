import { type PictureHeader, refuseLarge } from "@eosin/pictures";
import { EosinError, isEosinError, type PlanContext } from "@eosin/plugin-api";
import type { SampleEntry } from "@eosin/plugin-api/imaging";
import { type HeaderReading, openHeaders } from "./open-headers.js";
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
  const headers = pairs.map((pair) => pairOfHeaders(pair, read, options));
  const faults = headers.flatMap((found, i) =>
    found instanceof EosinError ? [{ id: pairs[i].id, error: found }] : [],
  );
  const whole = pairs.flatMap((pair, i) => {
    const found = headers[i];
    return found instanceof EosinError ? [] : [{ pair, ...found }];
  });
  const files = whole.flatMap(({ image, mask }) => (mask ? [image.path, mask.path] : [image.path]));
  const digests = await context.files.hashAll(files);
  const digestOf = new Map(files.map((file, i) => [file, digests[i]]));
  const hashed: HashedPair[] = whole.map(({ image, mask }) => {
    return {
      image,
      imageHash: digestOf.get(image.path) as string,
      ...(mask && { mask, maskHash: digestOf.get(mask.path) as string }),
    };
  });
  const hashes = pairHashes(hashed, options);
  const samples = whole.map(({ pair, image }, i): SampleEntry => {
    const { id, domain, attributes } = pair;
    const source: PairSource = { image: pair.image, ...(pair.mask !== undefined && { mask: pair.mask }) };
    const { width, height } = image;
    return { id, domain, width, height, hash: hashes[i], source, ...(attributes && { attributes }) };
  });
  return { samples, faults };
}

function pairOfHeaders(
  pair: FilePair,
  read: HeaderReading,
  options: ReadingOptions,
): EosinError | { image: PictureHeader; mask?: PictureHeader } {
  const { maxPixels } = pictureReading(options).image;
  try {
    const image = read(pair.image);
    refuseLarge(image, maxPixels);
    if (pair.mask === undefined) return { image };
    const mask = read(pair.mask);
    refuseLarge(mask, maxPixels);
    if (image.width !== mask.width || image.height !== mask.height) throw sizeMismatch(image, mask);
    return { image, mask };
  } catch (error) {
    if (isEosinError(error)) return error instanceof EosinError ? error : new EosinError(error);
    throw error;
  }
}

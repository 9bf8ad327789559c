import type { JsonValue } from "@eosin/plugin-api";
import { type LookedSample, withMaskAt } from "./looked-sample.js";
import type { StoredThumbnails } from "./stored-thumbnails.js";

/** What is kept of a sample that was looked at. */
export interface LookRecord {
  readonly sample: LookedSample;
  readonly thumbnails: StoredThumbnails;
}

/** Records as two files: text, a line of JSON each after a first one that tells what they are; and their pictures. */
export interface EncodedLook {
  readonly lines: string;
  readonly pictures: Uint8Array;
}

/** Of the figures and of how they are written: with another, everything is looked at again. */
const version = 2;

interface RecordLine {
  readonly sample: LookedSample;
  /** Where its pictures begin, and how many bytes each has, one after the other. */
  readonly at: number;
  readonly picture: number;
  readonly density: number;
  readonly mask?: number;
  readonly width: number;
  readonly height: number;
}

/** @param settings What the figures depend on besides the samples, e.g. the separator. */
export function encodeLook(records: readonly LookRecord[], settings: JsonValue): EncodedLook {
  const pictures = new Uint8Array(records.reduce((sum, { thumbnails }) => sum + bytesOf(thumbnails), 0));
  const lines = [firstLine(settings)];
  let at = 0;
  for (const { sample, thumbnails } of records) {
    const { width, height, picture, density, mask } = thumbnails;
    const line: RecordLine = {
      // A path may hold what is secret, and the same content may be elsewhere.
      sample: withMaskAt(sample, sample.id),
      at,
      picture: picture.length,
      density: density.length,
      ...(mask && { mask: mask.length }),
      width,
      height,
    };
    lines.push(JSON.stringify(line));
    for (const part of [picture, density, ...(mask ? [mask] : [])]) {
      pictures.set(part, at);
      at += part.length;
    }
  }
  return { lines: `${lines.join("\n")}\n`, pictures };
}

/**
 * @returns The records that are whole, their pictures as views into `pictures`; none where they were made by another
 * version or with other settings. What is cut off or damaged is left out: it is looked at again.
 */
export function decodeLook({ lines, pictures }: EncodedLook, settings: JsonValue): LookRecord[] {
  const [first, ...rest] = lines.split("\n");
  if (first !== firstLine(settings)) return [];
  return rest.flatMap((text) => decodeLine(text, pictures) ?? []);
}

function firstLine(settings: JsonValue): string {
  return JSON.stringify({ eosinLook: version, settings });
}

function decodeLine(text: string, pictures: Uint8Array): LookRecord | undefined {
  const line = parsed(text);
  if (line === undefined) return undefined;
  const { sample, at, picture, density, mask, width, height } = line;
  const densityAt = at + picture;
  const maskAt = densityAt + density;
  if (!(maskAt + (mask ?? 0) <= pictures.length)) return undefined;
  const thumbnails: StoredThumbnails = {
    width,
    height,
    picture: pictures.subarray(at, densityAt),
    density: pictures.subarray(densityAt, maskAt),
    ...(mask !== undefined && { mask: pictures.subarray(maskAt, maskAt + mask) }),
  };
  return { sample, thumbnails };
}

function parsed(text: string): RecordLine | undefined {
  try {
    return JSON.parse(text) as RecordLine;
  } catch {
    return undefined;
  }
}

function bytesOf({ picture, density, mask }: StoredThumbnails): number {
  return picture.length + density.length + (mask?.length ?? 0);
}

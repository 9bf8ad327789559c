import { EosinError } from "../eosin-error.js";
import { bytesPerElement, type ElementType, elementCount } from "./stored-tensor.js";

/** Where a tensor is: byte offsets from the end of the header. */
export interface TensorEntry {
  readonly type: ElementType;
  readonly shape: readonly number[];
  readonly begin: number;
  readonly end: number;
}

/** What the header of a safetensors file says: where each tensor is, and free texts. */
export interface SafetensorsHeader {
  readonly tensors: ReadonlyMap<string, TensorEntry>;
  readonly metadata: { readonly [key: string]: string };
}

/** The largest header that is read; the published format has the same limit. */
export const MAX_HEADER_BYTES = 100_000_000;

/**
 * Reads and checks the JSON header: known types, offsets that match type and shape, no overlap, no gap, and a data
 * part of exactly `dataBytes`.
 * @throws EosinError `WEIGHTS_CORRUPT`, naming the tensor.
 */
export function parseSafetensorsHeader(json: string, dataBytes: number, place: string): SafetensorsHeader {
  const corrupt = (message: string, expected?: string, found?: string, cause?: unknown) =>
    new EosinError({
      code: "WEIGHTS_CORRUPT",
      message,
      place,
      expected,
      found,
      cause,
      next: "Copy or download the file again.",
    });
  if (isUnreasonable(json)) {
    throw corrupt(
      "The header is nested or filled as no header is.",
      "tensors, each with dtype, shape and data_offsets",
    );
  }
  let header: unknown;
  try {
    header = JSON.parse(json);
  } catch (cause) {
    throw corrupt("The header is not JSON.", "a safetensors file", undefined, cause);
  }
  if (!isRecord(header)) throw corrupt("The header is no JSON object.");
  const tensors = new Map<string, TensorEntry>();
  let metadata: { [key: string]: string } = {};
  for (const [name, value] of Object.entries(header)) {
    if (name === "__metadata__") {
      if (!isRecord(value) || !Object.values(value).every((text) => typeof text === "string")) {
        throw corrupt("__metadata__ is not a map of strings.");
      }
      metadata = value as { [key: string]: string };
      continue;
    }
    const entry = parseEntry(value);
    if (!entry) throw corrupt(`The entry of ${name} is not understood.`, "dtype, shape, data_offsets", brief(value));
    const bytes = elementCount(entry.shape) * bytesPerElement[entry.type];
    if (entry.end - entry.begin !== bytes) {
      throw corrupt(
        `The offsets of ${name} do not fit its shape.`,
        `${bytes} bytes for ${entry.type} [${entry.shape.join(", ")}]`,
        `${entry.end - entry.begin} bytes`,
      );
    }
    tensors.set(name, entry);
  }
  let position = 0;
  for (const [name, entry] of [...tensors].sort(([, a], [, b]) => a.begin - b.begin || a.end - b.end)) {
    if (entry.begin < position) throw corrupt(`The data of ${name} overlaps another tensor's.`);
    if (entry.begin > position) throw corrupt(`There is a gap before the data of ${name}.`);
    position = entry.end;
  }
  if (position !== dataBytes) {
    throw corrupt("The file does not hold what its header says.", `${position} bytes of data`, `${dataBytes} bytes`);
  }
  return { tensors, metadata };
}

/** A header has lists in entries in an object. */
const DEEPEST = 8;

/** Values that a header may list: a hundred bytes of text could become thousands of objects otherwise. */
const MOST_VALUES = 2_000_000;

/** Looked at before it is parsed, since that takes memory by the value and, for what is nested, by the level. */
function isUnreasonable(json: string): boolean {
  let depth = 0;
  let values = 0;
  let quoted = false;
  for (let i = 0; i < json.length; i++) {
    const code = json.charCodeAt(i);
    if (quoted) {
      if (code === 0x5c) i++;
      else if (code === 0x22) quoted = false;
    } else if (code === 0x22) quoted = true;
    else if (code === 0x7b || code === 0x5b) {
      if (++depth > DEEPEST) return true;
    } else if (code === 0x7d || code === 0x5d) depth--;
    else if (code === 0x2c && ++values > MOST_VALUES) return true;
  }
  return false;
}

function parseEntry(value: unknown): TensorEntry | undefined {
  if (!isRecord(value)) return undefined;
  const { dtype, shape, data_offsets: offsets } = value;
  if (typeof dtype !== "string" || !Object.hasOwn(bytesPerElement, dtype)) return undefined;
  if (!isSizes(shape) || !isSizes(offsets) || offsets.length !== 2 || offsets[0] > offsets[1]) return undefined;
  return { type: dtype as ElementType, shape, begin: offsets[0], end: offsets[1] };
}

function isRecord(value: unknown): value is { [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function isSizes(value: unknown): value is number[] {
  return Array.isArray(value) && value.every((size) => Number.isSafeInteger(size) && size >= 0);
}

function brief(value: unknown): string {
  return JSON.stringify(value)?.slice(0, 120) ?? "nothing";
}

import type { Sample, SampleEntry } from "@eosin/plugin-api/imaging";
import type { Size } from "../resize/resize-sample.js";
import type { PreparedSample, Remark } from "./remark.js";

const HEADER_BYTES = 12;
const STATE = 0;
/** Bits: 1, a mask; 2, densities. */
const HOLDS = 1;
const REMARK_BYTES = 2;
const EMPTY = 0;
const WRITING = 1;
const READY = 2;

/** Room for what was said about the sample, as JSON; a sample with longer remarks is not kept. */
const REMARK_ROOM = 1024;

/**
 * Room for one prepared sample: header (state, has mask, length of remarks), densities (float32), image, mask, remarks.
 * @param stains That its densities tell apart; 0 where none are kept.
 */
export function cachedSampleBytes({ width, height }: Size, stains: number): number {
  return HEADER_BYTES + width * height * (3 + 1 + stains * 4) + REMARK_ROOM;
}

/** @returns The sample as views into `buffer` (nothing is copied), or nothing while it is not there yet. */
export function readCached(buffer: SharedArrayBuffer, entry: SampleEntry, size: Size): PreparedSample | undefined {
  const header = headerOf(buffer);
  if (Atomics.load(header, STATE) !== READY) return undefined;
  const { image, mask, density, remarks } = viewsOf(buffer, size);
  const { said, read } = decodeRemarks(remarks.subarray(0, header[REMARK_BYTES]));
  const sample: Sample = {
    id: entry.id,
    domain: entry.domain,
    image: { ...size, data: image },
    mask: header[HOLDS] & 1 ? { ...size, data: mask } : undefined,
    density: header[HOLDS] & 2 ? { ...size, ...density } : undefined,
    ...(read && { remarks: read }),
  };
  return { sample, remarks: said };
}

/**
 * Stores a prepared sample, once: a second writer finds the place taken and leaves it. One whose densities tell another
 * number of stains apart than there is room for is not kept.
 */
export function writeCached(buffer: SharedArrayBuffer, { sample, remarks: said }: PreparedSample): void {
  const encoded = encodeRemarks(said, sample.remarks);
  const { width, height } = sample.image;
  const { image, mask, density, remarks } = viewsOf(buffer, { width, height });
  if (encoded.length > REMARK_ROOM || (sample.density && sample.density.stains !== density.stains)) return;
  const header = headerOf(buffer);
  if (Atomics.compareExchange(header, STATE, EMPTY, WRITING) !== EMPTY) return;
  image.set(sample.image.data);
  if (sample.mask) mask.set(sample.mask.data);
  if (sample.density) density.data.set(sample.density.data);
  remarks.set(encoded);
  header[HOLDS] = (sample.mask ? 1 : 0) | (sample.density ? 2 : 0);
  header[REMARK_BYTES] = encoded.length;
  Atomics.store(header, STATE, READY);
}

function headerOf(buffer: SharedArrayBuffer): Int32Array<SharedArrayBuffer> {
  return new Int32Array(buffer, 0, HEADER_BYTES / 4);
}

function viewsOf(buffer: SharedArrayBuffer, size: Size) {
  const pixels = size.width * size.height;
  // What is left beside the rest is the densities' room.
  const stains = (buffer.byteLength - cachedSampleBytes(size, 0)) / (pixels * 4);
  const imageStart = HEADER_BYTES + pixels * stains * 4;
  return {
    density: { stains, data: new Float32Array(buffer, HEADER_BYTES, pixels * stains) },
    image: new Uint8Array(buffer, imageStart, pixels * 3),
    mask: new Uint8Array(buffer, imageStart + pixels * 3, pixels),
    remarks: new Uint8Array(buffer, imageStart + pixels * 4, REMARK_ROOM),
  };
}

function encodeRemarks(said: readonly Remark[], read: Sample["remarks"]): Uint8Array {
  return said.length === 0 && !read?.length
    ? new Uint8Array()
    : new TextEncoder().encode(JSON.stringify({ said, read }));
}

function decodeRemarks(bytes: Uint8Array): { readonly said: readonly Remark[]; readonly read?: Sample["remarks"] } {
  // A copy: decoders refuse shared memory.
  return bytes.length === 0 ? { said: [] } : JSON.parse(new TextDecoder().decode(bytes.slice()));
}

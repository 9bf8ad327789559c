import type { Sample, SampleEntry } from "@eosin/plugin-api/imaging";
import type { Size } from "../image/resize-sample.js";

/** Haematoxylin and eosin. */
export const STAINS = 2;

const HEADER_BYTES = 8;
const STATE = 0;
const HAS_MASK = 1;
const EMPTY = 0;
const WRITING = 1;
const READY = 2;

/** Room for one prepared sample: header (state, has mask), densities (float32), image, mask. */
export function cachedSampleBytes(size: Size, densities: boolean): number {
  return HEADER_BYTES + size.width * size.height * (3 + 1 + (densities ? STAINS * 4 : 0));
}

/** @returns The sample as views into `buffer` (nothing is copied), or nothing while it is not there yet. */
export function readCached(
  buffer: SharedArrayBuffer,
  entry: SampleEntry,
  size: Size,
  densities: boolean,
): Sample | undefined {
  const header = new Int32Array(buffer, 0, 2);
  if (Atomics.load(header, STATE) !== READY) return undefined;
  const { image, mask, density } = viewsOf(buffer, size, densities);
  return {
    id: entry.id,
    domain: entry.domain,
    image: { ...size, data: image },
    mask: header[HAS_MASK] === 1 ? { ...size, data: mask } : undefined,
    density: density && { ...size, stains: STAINS, data: density },
  };
}

/** Stores a prepared sample, once: a second writer finds the place taken and leaves it. */
export function writeCached(buffer: SharedArrayBuffer, sample: Sample, densities: boolean): void {
  const header = new Int32Array(buffer, 0, 2);
  if (Atomics.compareExchange(header, STATE, EMPTY, WRITING) !== EMPTY) return;
  const { width, height } = sample.image;
  const { image, mask, density } = viewsOf(buffer, { width, height }, densities);
  image.set(sample.image.data);
  if (sample.mask) mask.set(sample.mask.data);
  if (sample.density) density?.set(sample.density.data);
  header[HAS_MASK] = sample.mask ? 1 : 0;
  Atomics.store(header, STATE, READY);
}

function viewsOf(buffer: SharedArrayBuffer, size: Size, densities: boolean) {
  const pixels = size.width * size.height;
  const imageStart = HEADER_BYTES + (densities ? pixels * STAINS * 4 : 0);
  return {
    density: densities ? new Float32Array(buffer, HEADER_BYTES, pixels * STAINS) : undefined,
    image: new Uint8Array(buffer, imageStart, pixels * 3),
    mask: new Uint8Array(buffer, imageStart + pixels * 3, pixels),
  };
}

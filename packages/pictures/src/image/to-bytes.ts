import type { TypedPixels } from "../orientation.js";

/**
 * Scales values of 0…range to 0…255. 16 full bits lose their lower half, as image programs do it; all else is rounded.
 * Values below 0 and above the range are cut.
 */
export function toBytes(data: TypedPixels, range: number): Uint8Array {
  const out = new Uint8Array(data.length);
  if (range === 65535 && data instanceof Uint16Array) {
    for (let i = 0; i < out.length; i++) out[i] = data[i] >> 8;
    return out;
  }
  const scale = 255 / range;
  for (let i = 0; i < out.length; i++) out[i] = Math.min(Math.max(Math.round(data[i] * scale), 0), 255);
  return out;
}

/** The range of a picture's values, as they are in its file. */
export interface ValueExtremes {
  readonly smallest: number;
  readonly largest: number;
  /** Values that are not numbers: NaN and infinities. */
  readonly unusable: number;
}

/** @param channels Of a pixel; @param colours How many of them, from the first, are looked at. */
export function valueExtremes(data: TypedPixels, channels: number, colours: number): ValueExtremes {
  let smallest = Number.POSITIVE_INFINITY;
  let largest = Number.NEGATIVE_INFINITY;
  let unusable = 0;
  for (let i = 0; i < data.length; i += channels) {
    for (let c = 0; c < colours; c++) {
      const value = data[i + c];
      if (!Number.isFinite(value)) unusable++;
      else {
        if (value < smallest) smallest = value;
        if (value > largest) largest = value;
      }
    }
  }
  return { smallest, largest, unusable };
}

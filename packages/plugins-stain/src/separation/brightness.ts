import type { ByteMap } from "../colour/lab.js";
import { percentileOfHistogram } from "./percentile.js";

/** @returns The 90th percentile over all values of all channels: what SPCN takes for white. 0…255. */
export function brightnessOf(interleaved: Uint8Array): number {
  const counts = new Uint32Array(256);
  for (let i = 0; i < interleaved.length; i++) counts[interleaved[i]]++;
  return percentileOfHistogram(counts, 90);
}

/** Stretches so that `brightness` becomes 255; brighter values clip; toward zero, as a cast to 8 bits. */
export function brightnessMap(brightness: number): ByteMap {
  return Uint8Array.from({ length: 256 }, (_, v) => Math.min(255, Math.trunc((255 * v) / brightness)));
}

export function mapBytes(from: Uint8Array, map: ByteMap, to: Uint8Array): void {
  for (let i = 0; i < from.length; i++) to[i] = map[from[i]];
}

import type { ChannelStatistics, Triple } from "./channel-statistics.js";

/** Moves a channel to another mean and deviation: x · scale + offset. */
export interface ChannelTransfer {
  readonly scale: Triple;
  readonly offset: Triple;
}

/** Deviations below this count as this, so that a flat channel is moved, not divided by zero. */
export const LEAST_STD = 1e-4;

export function channelTransfer(from: ChannelStatistics, to: ChannelStatistics): ChannelTransfer {
  const scale = from.std.map((std, c) => to.std[c] / Math.max(std, LEAST_STD)) as Triple;
  const offset = from.mean.map((mean, c) => to.mean[c] - mean * scale[c]) as Triple;
  return { scale, offset };
}

/** The transfer of one channel for every byte: clipped to 0…255, toward zero. */
export function transferMap({ scale, offset }: ChannelTransfer, channel: 0 | 1 | 2): Uint8Array {
  return Uint8Array.from({ length: 256 }, (_, v) =>
    Math.trunc(Math.max(0, Math.min(255, v * scale[channel] + offset[channel]))),
  );
}

export function transferMaps(transfer: ChannelTransfer): [Uint8Array, Uint8Array, Uint8Array] {
  return [transferMap(transfer, 0), transferMap(transfer, 1), transferMap(transfer, 2)];
}

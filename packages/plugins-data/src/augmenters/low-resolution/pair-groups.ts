import type { AxisResampling } from "./resampling.js";

/** Pixels of a row in groups of eight, as the kernel takes them: each between two of sixteen pixels. */
export interface PairGroups {
  /** Where each group's sixteen begin. */
  readonly first: Int32Array;
  /** 16 a group: which of the sixteen are the eight first ones, and which the second. */
  readonly indices: Uint8Array;
  /** 8 a group, in 32768ths: of the second. */
  readonly shares: Int16Array;
}

const GROUP = 8;
const REACH = 16;

/** @returns `undefined` where a group needs pixels that are too far apart, as from the lowest resolutions. */
export function pairGroups({ kept, places, weights }: AxisResampling): PairGroups | undefined {
  const size = places.length / 2;
  const count = Math.ceil(size / GROUP);
  const first = new Int32Array(count);
  const indices = new Uint8Array(REACH * count);
  const shares = new Int16Array(GROUP * count);
  for (let group = 0; group < count; group++) {
    first[group] = kept[places[2 * GROUP * group]];
    for (let i = 0; i < GROUP && GROUP * group + i < size; i++) {
      const column = GROUP * group + i;
      const left = kept[places[2 * column]] - first[group];
      const right = kept[places[2 * column + 1]] - first[group];
      if (right >= REACH) return undefined;
      indices[REACH * group + i] = left;
      indices[REACH * group + GROUP + i] = right;
      shares[column] = Math.min(32767, Math.round(32768 * weights[2 * column + 1]));
    }
  }
  return { first, indices, shares };
}

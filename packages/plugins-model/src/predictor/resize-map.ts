export interface MapSize {
  readonly width: number;
  readonly height: number;
}

/** Two neighbours along an axis and the weight of the second. */
interface Taps {
  readonly first: Int32Array;
  readonly second: Int32Array;
  readonly weight: Float64Array;
}

/**
 * Bilinear with half-pixel centres and repeated borders (OpenCV's INTER_LINEAR, in floating point).
 * @param map Row-major, channels last. @returns The map in the size of `to`.
 */
export function resizeMap(map: Float32Array, from: MapSize, to: MapSize, channels = 1): Float32Array {
  if (from.width === to.width && from.height === to.height) return map;
  const columns = taps(from.width, to.width);
  const rows = taps(from.height, to.height);
  const out = new Float32Array(to.width * to.height * channels);
  let next = 0;
  for (let y = 0; y < to.height; y++) {
    const upper = rows.first[y] * from.width;
    const lower = rows.second[y] * from.width;
    const down = rows.weight[y];
    for (let x = 0; x < to.width; x++) {
      const left = columns.first[x];
      const right = columns.second[x];
      const along = columns.weight[x];
      for (let channel = 0; channel < channels; channel++) {
        const a = map[(upper + left) * channels + channel];
        const b = map[(upper + right) * channels + channel];
        const c = map[(lower + left) * channels + channel];
        const d = map[(lower + right) * channels + channel];
        const top = a + (b - a) * along;
        out[next++] = top + (c + (d - c) * along - top) * down;
      }
    }
  }
  return out;
}

function taps(from: number, to: number): Taps {
  const first = new Int32Array(to);
  const second = new Int32Array(to);
  const weight = new Float64Array(to);
  for (let i = 0; i < to; i++) {
    const centre = Math.min(Math.max(((i + 0.5) * from) / to - 0.5, 0), from - 1);
    first[i] = Math.floor(centre);
    second[i] = Math.min(first[i] + 1, from - 1);
    weight[i] = centre - first[i];
  }
  return { first, second, weight };
}

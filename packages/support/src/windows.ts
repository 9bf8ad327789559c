/**
 * Where windows begin that cover a row, as evenly spread as whole positions allow; one in the middle of a row that is
 * shorter than the window, which then reaches past both its ends.
 * @param length Of the row, from 1. @param window From 1.
 * @param overlap Share of a window that the next one covers too, at least; in [0, 1).
 * @returns From the first on, rising.
 * @example
 * windowStarts(384, 256, 0.5); // [0, 128]
 */
export function windowStarts(length: number, window: number, overlap = 0): number[] {
  const room = length - window;
  if (room <= 0) return [Math.floor(room / 2)];
  const steps = Math.ceil(room / Math.max(1, Math.floor(window * (1 - overlap))));
  return Array.from({ length: steps + 1 }, (_, step) => Math.round((step * room) / steps));
}

/**
 * Where a position outside of a row is read: the row goes on as its reflection, without repeating its border
 * (`dcb|abcd|cba`, OpenCV's `BORDER_REFLECT_101`), however far.
 * @param length From 1.
 * @returns In [0, length).
 * @example
 * reflectedPosition(-1, 4); // 1
 */
export function reflectedPosition(position: number, length: number): number {
  if (position >= 0 && position < length) return position;
  if (length === 1) return 0;
  const period = 2 * (length - 1);
  const within = ((position % period) + period) % period;
  return within < length ? within : period - within;
}

/** Values of a picture, row by row, channels last. */
export interface PictureData<Data> {
  readonly width: number;
  readonly height: number;
  readonly data: Data;
}

/**
 * Writes a window of a picture to `target`, row by row; past its borders is the reflection.
 * @param window In pixels of the picture. @param target (window height, window width, channels)
 * @example
 * cropInto({ width: 2, height: 1, data: Uint8Array.of(1, 2) }, 1, { x: -1, y: 0, width: 3, height: 1 }, target); // 2, 1, 2
 */
export function cropInto<Data extends Uint8Array | Float32Array>(
  { width, height, data }: PictureData<Data>,
  channels: number,
  window: { readonly x: number; readonly y: number; readonly width: number; readonly height: number },
  target: Data,
): void {
  const inside = window.x >= 0 && window.x + window.width <= width;
  const row = window.width * channels;
  for (let y = 0; y < window.height; y++) {
    const from = reflectedPosition(window.y + y, height) * width * channels;
    if (inside) {
      const start = from + window.x * channels;
      target.set(data.subarray(start, start + row), y * row);
      continue;
    }
    let to = y * row;
    for (let x = 0; x < window.width; x++) {
      const at = from + reflectedPosition(window.x + x, width) * channels;
      for (let c = 0; c < channels; c++) target[to++] = data[at + c];
    }
  }
}

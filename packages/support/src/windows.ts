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

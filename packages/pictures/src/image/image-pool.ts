import type { RgbImage } from "@eosin/plugin-api/imaging";

/** Pixels that were given back in this thread, by their number of bytes. */
const free = new Map<number, Uint8Array[]>();
let freeBytes = 0;

/** A thread that works on images of ever changing sizes keeps no more than this. */
const MOST_FREE_BYTES = 64 * 2 ** 20;

/**
 * Gives memory for an image of this thread; its `release` gives it back. Sides are in pixels.
 * @returns An image with any content, to be written whole: where one of its size was released, in the same memory.
 * @example
 * ```ts
 * import { takeImage } from "@eosin/pictures/image-pool";
 * import type { RgbImage } from "@eosin/plugin-api/imaging";
 *
 * export function inverted(image: RgbImage): RgbImage {
 *   const negative = takeImage(image.width, image.height);
 *   for (let i = 0; i < image.data.length; i++) negative.data[i] = 255 - image.data[i];
 *   return negative;
 * }
 * ```
 */
export function takeImage(width: number, height: number): RgbImage {
  const bytes = 3 * width * height;
  const data = free.get(bytes)?.pop();
  if (data) freeBytes -= bytes;
  return new PooledImage(width, height, data ?? new Uint8Array(bytes));
}

class PooledImage implements RgbImage {
  #released = false;

  constructor(
    readonly width: number,
    readonly height: number,
    readonly data: Uint8Array,
  ) {}

  release(): void {
    if (this.#released) return;
    this.#released = true;
    giveBack(this.data);
  }
}

function giveBack(data: Uint8Array): void {
  if (freeBytes + data.length > MOST_FREE_BYTES) {
    free.clear();
    freeBytes = 0;
  }
  if (data.length > MOST_FREE_BYTES) return;
  freeBytes += data.length;
  const others = free.get(data.length);
  if (others) others.push(data);
  else free.set(data.length, [data]);
}

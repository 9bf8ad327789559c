import { windowStarts } from "@eosin/support/windows";
import type { ImageSize } from "../inputs/input-size.js";

/** Where a window lies on an image: it may reach past it. */
export interface WindowPlace {
  readonly x: number;
  readonly y: number;
}

/** The windows that an image is predicted by, row by row. */
export function windowPlaces(image: ImageSize, window: ImageSize, overlap: number): WindowPlace[] {
  const columns = windowStarts(image.width, window.width, overlap);
  return windowStarts(image.height, window.height, overlap).flatMap((y) => columns.map((x) => ({ x, y })));
}

/** A map of an image that is put together from maps of windows, weighted where these overlap. */
export class WindowMean {
  readonly #image: ImageSize;
  readonly #channels: number;
  readonly #sums: Float32Array;
  /** Absent where one window covers the image: its values are kept as they are. */
  readonly #weights?: Float32Array;

  constructor(image: ImageSize, channels: number, windows: number) {
    const pixels = image.width * image.height;
    this.#image = image;
    this.#channels = channels;
    this.#sums = new Float32Array(pixels * channels);
    if (windows > 1) this.#weights = new Float32Array(pixels);
  }

  /** @param map Row-major, channels last, of the window's size. @param weights Of the window's pixels. */
  add(map: Float32Array, place: WindowPlace, window: ImageSize, weights: Float32Array): void {
    const { width, height } = this.#image;
    const channels = this.#channels;
    const [left, right] = [Math.max(0, place.x), Math.min(width, place.x + window.width)];
    const [top, bottom] = [Math.max(0, place.y), Math.min(height, place.y + window.height)];
    for (let y = top; y < bottom; y++) {
      for (let x = left; x < right; x++) {
        const from = (y - place.y) * window.width + (x - place.x);
        const at = y * width + x;
        const weight = this.#weights ? weights[from] : 1;
        if (this.#weights) this.#weights[at] += weight;
        for (let c = 0; c < channels; c++) this.#sums[at * channels + c] += weight * map[from * channels + c];
      }
    }
  }

  /** @returns The map, (height, width, channels); nothing may be added afterwards. */
  mean(): Float32Array {
    const weights = this.#weights;
    const channels = this.#channels;
    for (let i = 0; weights && i < this.#sums.length; i++) this.#sums[i] /= weights[Math.floor(i / channels)];
    return this.#sums;
  }
}

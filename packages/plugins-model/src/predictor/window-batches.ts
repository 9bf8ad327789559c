import type { RgbImage, Sample } from "@eosin/plugin-api/imaging";
import { reflectedPosition } from "@eosin/support/windows";
import type { ImageSize } from "../inputs/input-size.js";
import { type WindowPlace, windowPlaces } from "./window-mean.js";

/** How images are cut into what passes a network. */
export interface WindowSettings {
  /** Of what passes the network: multiples of its stride. */
  readonly size: ImageSize;
  /** Share of a window that the next one covers too, at least; in [0, 1). */
  readonly overlap: number;
  /** Windows that pass the network at once. */
  readonly batch: number;
}

/** One window of a sample. */
export interface SampleWindow {
  readonly sample: Sample;
  readonly place: WindowPlace;
  /** Windows of the sample. */
  readonly of: number;
}

/** Windows, perhaps of several samples, that pass the network together. */
export interface WindowBatch {
  /** (count, height, width, 3), 0…255; the next batch overwrites it. */
  readonly images: Uint8Array;
  readonly count: number;
  readonly height: number;
  readonly width: number;
  readonly windows: readonly SampleWindow[];
}

/** The windows of samples in their order; samples smaller than a window are reflected at their borders. */
export async function* windowBatches(
  samples: AsyncIterable<Sample>,
  { size, overlap, batch }: WindowSettings,
): AsyncGenerator<WindowBatch> {
  const bytes = size.width * size.height * 3;
  const images = new Uint8Array(batch * bytes);
  let windows: SampleWindow[] = [];
  const gathered = (): WindowBatch => {
    const { length: count } = windows;
    const full = { images: images.subarray(0, count * bytes), count, ...size, windows };
    windows = [];
    return full;
  };
  for await (const sample of samples) {
    const places = windowPlaces(sample.image, size, overlap);
    for (const place of places) {
      cutWindow(sample.image, place, size, images.subarray(windows.length * bytes, (windows.length + 1) * bytes));
      windows.push({ sample, place, of: places.length });
      if (windows.length === batch) yield gathered();
    }
  }
  if (windows.length > 0) yield gathered();
}

function cutWindow(image: RgbImage, { x, y }: WindowPlace, { width, height }: ImageSize, target: Uint8Array): void {
  const inside = x >= 0 && x + width <= image.width;
  for (let row = 0; row < height; row++) {
    const from = reflectedPosition(y + row, image.height) * image.width * 3;
    if (inside) {
      target.set(image.data.subarray(from + 3 * x, from + 3 * (x + width)), 3 * row * width);
      continue;
    }
    for (let column = 0; column < width; column++) {
      const at = from + 3 * reflectedPosition(x + column, image.width);
      const to = 3 * (row * width + column);
      for (let channel = 0; channel < 3; channel++) target[to + channel] = image.data[at + channel];
    }
  }
}

import type { Sample } from "@eosin/plugin-api/imaging";
import { cropInto } from "@eosin/support/windows";
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
      const target = images.subarray(windows.length * bytes, (windows.length + 1) * bytes);
      cropInto(sample.image, 3, { ...place, ...size }, target);
      windows.push({ sample, place, of: places.length });
      if (windows.length === batch) yield gathered();
    }
  }
  if (windows.length > 0) yield gathered();
}

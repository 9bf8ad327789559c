import type { Rng } from "@eosin/plugin-api";
import type { CropWindow, Mask } from "@eosin/plugin-api/imaging";
import { windowStarts } from "@eosin/support/windows";

type Size = Pick<CropWindow, "width" | "height">;

/**
 * A window at a place of its own: anywhere, or around a pixel of tumour, in its middle where the sample's borders allow
 * it (as nnU-Net oversamples foreground). Where the sample is smaller than the window, it is in its middle.
 * @param around The mask, where tumour is asked for; one without any gives a window anywhere.
 */
export function randomWindow(sample: Size, window: Size, rng: Rng, around?: Mask): CropWindow {
  const tumour = around && randomTumour(around, rng);
  return {
    x: place(sample.width, window.width, rng, tumour?.x),
    y: place(sample.height, window.height, rng, tumour?.y),
    width: window.width,
    height: window.height,
  };
}

function place(length: number, window: number, rng: Rng, middle: number | undefined): number {
  const room = length - window;
  if (room <= 0) return Math.floor(room / 2);
  if (middle === undefined) return rng.integer(room + 1);
  return Math.min(room, Math.max(0, middle - (window >> 1)));
}

const TUMOUR = 1;

/** @returns A pixel of tumour, each as likely; nothing where there is none. */
function randomTumour({ width, data }: Mask, rng: Rng): { x: number; y: number } | undefined {
  let count = 0;
  for (const label of data) if (label === TUMOUR) count++;
  if (count === 0) return undefined;
  let left = rng.integer(count);
  for (let at = 0; at < data.length; at++) {
    if (data[at] === TUMOUR && left-- === 0) return { x: at % width, y: Math.floor(at / width) };
  }
  return undefined;
}

/**
 * The fewest windows that cover a sample, as evenly spread as pixels allow, row by row; one in the middle along a side
 * that is shorter than the window.
 */
export function gridWindows(sample: Size, window: Size): CropWindow[] {
  const columns = windowStarts(sample.width, window.width);
  return windowStarts(sample.height, window.height).flatMap((y) =>
    columns.map((x) => ({ x, y, width: window.width, height: window.height })),
  );
}

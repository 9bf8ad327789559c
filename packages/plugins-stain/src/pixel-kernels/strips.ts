import type { StainKernels } from "./kernel-memory.js";

const WHITE = 255;

/** Bytes that a kernel may read past the last pixel. */
const BEYOND = 16;

/**
 * Brings interleaved bytes to `SOURCE`, a strip at a time. Kernels work on whole groups of pixels: what follows
 * the picture's last pixel is white, or copies of it.
 * @param each Runs the kernels over `pixels` pixels, whose first is number `first`.
 */
export function forEachStrip(
  kernels: StainKernels,
  interleaved: Uint8Array,
  each: (pixels: number, first: number) => void,
  after: "white" | "copies" = "white",
): void {
  const { bytes, at } = kernels;
  const count = Math.floor(interleaved.length / 3);
  for (let first = 0; first < count; first += at.STRIP) {
    const pixels = Math.min(at.STRIP, count - first);
    bytes.set(interleaved.subarray(3 * first, 3 * (first + pixels)), at.SOURCE);
    const end = at.SOURCE + 3 * pixels;
    if (after === "white") bytes.fill(WHITE, end, end + BEYOND);
    else for (let k = 0; k < BEYOND; k++) bytes[end + k] = bytes[end + k - 3];
    each(pixels, first);
  }
}

/** Takes the pixels at `TARGET`, where a kernel left them, to their place in a picture. */
export function takeTarget({ bytes, at }: StainKernels, picture: Uint8Array, pixels: number, first: number): void {
  picture.set(bytes.subarray(at.TARGET, at.TARGET + 3 * pixels), 3 * first);
}

/** The same from `SOURCE`, which some kernels change in place. */
export function takeSource({ bytes, at }: StainKernels, picture: Uint8Array, pixels: number, first: number): void {
  picture.set(bytes.subarray(at.SOURCE, at.SOURCE + 3 * pixels), 3 * first);
}

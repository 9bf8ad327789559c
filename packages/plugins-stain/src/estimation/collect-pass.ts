import type { StainKernels } from "../pixel-kernels/kernel-memory.js";
import { stainKernels } from "../pixel-kernels/stain-kernels.js";
import { forEachStrip } from "../pixel-kernels/strips.js";
import type { Bracket, Collected, CollectPass } from "./bracketed-selection.js";

type CollectKernel = "collectDensities" | "collectSignedDensities" | "collectSlopes";

/** A pass by one of the collecting kernels, whose tables and other parameters are set. */
export function collectPass(rgb: Uint8Array, kernel: CollectKernel): CollectPass {
  const kernels = stainKernels();
  const { integers, floats, at, run } = kernels;
  return (first: Bracket, second: Bracket) => {
    floats.set([first.from, first.to, second.from, second.to], (at.PARAMETERS >> 2) + 2);
    const found = [new CollectedValues(), new CollectedValues()];
    forEachStrip(kernels, rgb, (pixels) => {
      run[kernel](pixels);
      const [below1, inside1, below2, inside2] = integers.subarray(at.SUMS >> 2, (at.SUMS >> 2) + 4);
      found[0].add(below1, valuesAt(kernels, at.VALUES, inside1));
      found[1].add(below2, valuesAt(kernels, at.VALUES_2, inside2));
    });
    return [found[0].collected, found[1].collected];
  };
}

function valuesAt({ floats }: StainKernels, address: number, count: number): Float32Array {
  return floats.slice(address >> 2, (address >> 2) + count);
}

class CollectedValues {
  #below = 0;
  #count = 0;
  readonly #parts: Float32Array[] = [];

  add(below: number, inside: Float32Array): void {
    this.#below += below;
    this.#count += inside.length;
    if (inside.length > 0) this.#parts.push(inside);
  }

  get collected(): Collected {
    const inside = new Float32Array(this.#count);
    let to = 0;
    for (const part of this.#parts) {
      inside.set(part, to);
      to += part.length;
    }
    return { below: this.#below, inside };
  }
}

/** Pixels of a sample that brackets a rank: of a small picture an eighth, since what is sampled is read twice. */
const SAMPLE_AT_MOST = 16384;
const SAMPLE_AT_LEAST = 2048;

/** @returns Pixels at even distances. */
export function samplePixels(rgb: Uint8Array): Uint8Array {
  const count = rgb.length / 3;
  const wanted = Math.max(SAMPLE_AT_LEAST, Math.min(SAMPLE_AT_MOST, count / 8));
  const step = 3 * Math.max(1, Math.floor(count / wanted));
  const sample = new Uint8Array(3 * Math.ceil(rgb.length / step));
  for (let from = 0, to = 0; from + 2 < rgb.length; from += step, to += 3) {
    sample[to] = rgb[from];
    sample[to + 1] = rgb[from + 1];
    sample[to + 2] = rgb[from + 2];
  }
  return sample;
}

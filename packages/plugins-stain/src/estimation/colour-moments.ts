import type { StainKernels } from "../pixel-kernels/kernel-memory.js";
import { clearSums, setParameters, stainKernels, sums } from "../pixel-kernels/stain-kernels.js";
import type { StainMatrix } from "./stain-matrix.js";
import { twoAtomLasso } from "./two-atom-lasso.js";
import type { WeightedColours } from "./weighted-colours.js";

/** What one round of dictionary learning needs of all colours and their sparse coefficients α. */
export interface ColourMoments {
  /** Weighted means of α₁², α₁α₂, α₂². */
  readonly coefficients: Float64Array;
  /** Weighted means of x·α₁, then of x·α₂, by red, green, blue. */
  readonly cross: Float64Array;
}

/** @param step Takes every so manieth group of four colours; means are over all pixels as if all were like these. */
type Measure = (atoms: StainMatrix, lambda: number, step: number) => ColourMoments;

/** Colours that fit the kernel's memory are laid there once, for all rounds; more are brought part by part. */
export function colourMoments(colours: WeightedColours): Measure {
  const kernels = stainKernels();
  const { run, at } = kernels;
  const whole = colours.count <= at.COLOURS;
  if (whole) layColours(kernels, colours, 0, colours.count);
  return (atoms, lambda, step) => {
    setLasso(kernels, atoms, lambda);
    clearSums(kernels);
    if (whole) run.measureColours(colours.count, step);
    for (let first = 0; !whole && first < colours.count; first += at.COLOURS) {
      const count = Math.min(at.COLOURS, colours.count - first);
      layColours(kernels, colours, first, count);
      run.measureColours(count, step);
    }
    const means = sums(kernels, 9).map((sum) => (sum * step) / colours.pixels);
    return { coefficients: means.subarray(0, 3), cross: means.subarray(3) };
  };
}

function layColours({ floats, at }: StainKernels, colours: WeightedColours, first: number, count: number): void {
  const planes = [colours.red, colours.green, colours.blue, colours.weight];
  planes.forEach((plane, index) => {
    const start = (at.PLANES >> 2) + index * at.COLOURS;
    floats.set(plane.subarray(first, first + count), start);
    floats.fill(0, start + count, start + Math.min(at.COLOURS, count + 3));
  });
}

function setLasso(kernels: StainKernels, atoms: StainMatrix, lambda: number): void {
  const { first, firstOffset, second, secondOffset, firstShare, secondShare } = twoAtomLasso(atoms, lambda);
  setParameters(kernels, [...first, firstOffset, ...second, secondOffset, firstShare, secondShare]);
}

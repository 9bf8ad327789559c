import { takeImage } from "@eosin/pictures/image-pool";
import type { RgbImage } from "@eosin/plugin-api/imaging";
import type { StainKernels } from "../../pixel-kernels/kernel-memory.js";
import { clearSums, setParameter, stainKernels } from "../../pixel-kernels/stain-kernels.js";

/**
 * Coefficients of the discrete Fourier transform of red, green and blue, each divided by the number of pixels, so that
 * pictures of all sizes have comparable ones: F(k, l) = Σ v(x, y) · exp(−2πi (k·x / width + l·y / height)) / pixels.
 */
export interface LowFrequencies {
  /** In cycles per side, at most; frequencies that a picture is too small for are 0. */
  readonly cycles: number;
  /** By `frequencyIndex`. */
  readonly real: Float64Array;
  readonly imaginary: Float64Array;
}

/** Frequencies k = 0…cycles by l = −cycles…cycles by channel; those of −k are the conjugates. */
export function frequencyCount(cycles: number): number {
  return 3 * (cycles + 1) * (2 * cycles + 1);
}

export function frequencyIndex(cycles: number, k: number, l: number, channel: number): number {
  return 3 * (k * (2 * cycles + 1) + l + cycles) + channel;
}

/** A row of more pixels does not fit the kernels' memory. */
export function fitsKernels({ width }: RgbImage): boolean {
  return width <= stainKernels().at.STRIP;
}

/** The highest frequency of an axis of so many pixels below the one that alternates from pixel to pixel. */
function highest(size: number, cycles: number): number {
  return Math.min(cycles, Math.floor((size - 1) / 2));
}

export function lowFrequencies(image: RgbImage, cycles: number): LowFrequencies {
  const { width, height, data } = image;
  const real = new Float64Array(frequencyCount(cycles));
  const imaginary = new Float64Array(real.length);
  const kernels = stainKernels();
  const { bytes, doubles, run, at } = kernels;
  const last = highest(height, cycles);
  const turns = turnsOf(height);
  forRows(kernels, image, (first, rows) => {
    bytes.set(data.subarray(3 * width * first, 3 * width * (first + rows)), at.SOURCE);
    for (let k = 0; k <= highest(width, cycles); k++) {
      setWave(kernels, k, width);
      for (let row = 0; row < rows; row++) {
        clearSums(kernels);
        run.waveSums(width, 3 * width * row);
        for (let l = -last; l <= last; l++) {
          const turn = turnOf(-l * (first + row), height);
          const cosine = turns.cosines[turn];
          const sine = turns.sines[turn];
          for (let channel = 0; channel < 3; channel++) {
            // Of the row alone: Σ v · exp(−iθ) is the cosines' sum less i times the sines'.
            const re = doubles[(at.SUMS >> 3) + channel];
            const im = -doubles[(at.SUMS >> 3) + 3 + channel];
            const index = frequencyIndex(cycles, k, l, channel);
            real[index] += (re * cosine - im * sine) / (width * height);
            imaginary[index] += (re * sine + im * cosine) / (width * height);
          }
        }
      }
    }
  });
  return { cycles, real, imaginary };
}

/** A picture to whose frequencies these have been added; to the nearest bytes. */
export function addFrequencies(image: RgbImage, { cycles, real, imaginary }: LowFrequencies): RgbImage {
  const { width, height, data } = image;
  const made = takeImage(width, height);
  const kernels = stainKernels();
  const { bytes, run, at } = kernels;
  const last = highest(height, cycles);
  const turns = turnsOf(height);
  forRows(kernels, image, (first, rows) => {
    bytes.set(data.subarray(3 * width * first, 3 * width * (first + rows)), at.SOURCE);
    for (let row = 0; row < rows; row++) {
      run.rowToPlanes(width, 3 * width * row);
      for (let k = 0; k <= highest(width, cycles); k++) {
        setWave(kernels, k, width);
        // Those of −k are the conjugates: together they are twice the real part.
        const times = k === 0 ? 1 : 2;
        for (let channel = 0; channel < 3; channel++) {
          let re = 0;
          let im = 0;
          for (let l = -last; l <= last; l++) {
            const turn = turnOf(l * (first + row), height);
            const cosine = turns.cosines[turn];
            const sine = turns.sines[turn];
            const index = frequencyIndex(cycles, k, l, channel);
            re += real[index] * cosine - imaginary[index] * sine;
            im += real[index] * sine + imaginary[index] * cosine;
          }
          setParameter(kernels, 10 + 2 * channel, times * re);
          setParameter(kernels, 11 + 2 * channel, times * im);
        }
        run.addWave(width);
      }
      run.planesToRow(width, 3 * width * row);
    }
    made.data.set(bytes.subarray(at.TARGET, at.TARGET + 3 * width * rows), 3 * width * first);
  });
  return made;
}

/** Cosines and sines of a circle in so many parts: every row's share of a column's wave is one of them. */
function turnsOf(parts: number): { readonly cosines: Float64Array; readonly sines: Float64Array } {
  const cosines = new Float64Array(parts);
  const sines = new Float64Array(parts);
  for (let i = 0; i < parts; i++) {
    cosines[i] = Math.cos((2 * Math.PI * i) / parts);
    sines[i] = Math.sin((2 * Math.PI * i) / parts);
  }
  return { cosines, sines };
}

function turnOf(steps: number, parts: number): number {
  const rest = steps % parts;
  return rest < 0 ? rest + parts : rest;
}

/** As many whole rows at a time as the kernels' memory holds. */
function forRows({ at }: StainKernels, { width, height }: RgbImage, each: (first: number, rows: number) => void): void {
  const most = Math.floor(at.STRIP / width);
  for (let first = 0; first < height; first += most) each(first, Math.min(most, height - first));
}

/** Tells the kernels the wave of `k` cycles per `width` pixels. */
function setWave(kernels: StainKernels, k: number, width: number): void {
  const angle = (2 * Math.PI * k) / width;
  for (let pixel = 0; pixel < 4; pixel++) {
    setParameter(kernels, pixel, Math.cos(angle * pixel));
    setParameter(kernels, 4 + pixel, Math.sin(angle * pixel));
  }
  setParameter(kernels, 8, Math.cos(4 * angle));
  setParameter(kernels, 9, Math.sin(4 * angle));
}

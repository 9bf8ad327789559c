import { takeImage } from "@eosin/pictures/image-pool";
import type { RgbImage } from "@eosin/plugin-api/imaging";
import type { StainKernels } from "../pixel-kernels/kernel-memory.js";
import { stainKernels } from "../pixel-kernels/stain-kernels.js";
import { forEachStrip, takeTarget } from "../pixel-kernels/strips.js";
import { type DensitySource, prepareDensities } from "./density-source.js";
import type { StainMatrix } from "./stain-matrix.js";
import type { TissueRule } from "./tissue.js";

/** How densities become light again: white · exp(−C·M), C ← C·scale + shift. */
export interface Recomposition {
  readonly matrix: StainMatrix;
  /** The level of a pixel without stain, 1…255. */
  readonly white: number;
  /** Multiplies each stain's densities; 1 unless given. */
  readonly scale?: readonly [number, number];
  /** Added to each stain's densities after the scale; 0 unless given. Sparse densities only. */
  readonly shift?: readonly [number, number];
  /** Toward zero, as the peers cast to bytes, or to the nearest byte. */
  readonly rounding: "truncate" | "nearest";
  /** Only these pixels; the others stay as they are. Sparse densities only. */
  readonly tissue?: TissueRule;
}

/** Single precision comes out a little below a whole number that double precision reaches; this is enough to reach it. */
const REACH = 1 + 1e-6;

/** Measures each pixel's densities and makes light of them with another matrix, in one pass. @returns A new picture. */
export function recolour(image: RgbImage, source: DensitySource, how: Recomposition): RgbImage {
  const kernels = stainKernels();
  const { run } = kernels;
  prepareDensities(kernels, source, how);
  setLight(kernels, how);
  const kernel =
    source.solver === "least-squares" ? run.recolourSigned : how.tissue ? run.recolourTissue : run.recolour;
  const made = takeImage(image.width, image.height);
  forEachStrip(kernels, image.data, (pixels, first) => {
    kernel(pixels);
    takeTarget(kernels, made.data, pixels, first);
  });
  return made;
}

function setLight({ floats, at }: StainKernels, how: Recomposition): void {
  const { matrix, white, shift = [0, 0], rounding, tissue } = how;
  const light = matrix.flat().map((density) => -density * Math.LOG2E);
  const bias = rounding === "nearest" ? 0.5 : 0;
  floats.set([...shift, ...light, Math.log2(white * REACH), bias, tissue?.threshold ?? 0], (at.PARAMETERS >> 2) + 2);
}

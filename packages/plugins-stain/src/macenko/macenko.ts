import type { RgbImage } from "@eosin/plugin-api/imaging";
import { z } from "zod";
import { recompose } from "../separation/densities.js";
import { estimateMacenko } from "../separation/macenko-estimate.js";
import { percentile } from "../separation/percentile.js";
import type { StainMatrix } from "../separation/stain-matrix.js";
import { isUnsuitable, type Unsuitable } from "../separation/unsuitable.js";
import type { NormalizationMethod } from "../target/targeted-normalizer.js";
import { macenkoForms } from "./form.js";

export interface MacenkoTarget {
  readonly matrix: StainMatrix;
  /** The 99th percentiles of the densities, haematoxylin first. */
  readonly strongest: readonly [number, number];
}

interface Separation extends MacenkoTarget {
  readonly densities: Float64Array;
}

const vector = z.tuple([z.number(), z.number(), z.number()]);

/** A source whose stain is fainter than this share of the target's would be amplified into noise. */
const LEAST_STRENGTH = 0.05;

export function macenkoMethod(form: keyof typeof macenkoForms): NormalizationMethod<MacenkoTarget> {
  return {
    type: "stain/macenko",
    target: z.object({ matrix: z.tuple([vector, vector]), strongest: z.tuple([z.number(), z.number()]) }),
    measure(image) {
      const separated = separate(image, form);
      if (isUnsuitable(separated)) return separated;
      return { matrix: separated.matrix, strongest: separated.strongest };
    },
    normalize(image, target) {
      const source = separate(image, form);
      if (isUnsuitable(source)) return source;
      const scale = [target.strongest[0] / source.strongest[0], target.strongest[1] / source.strongest[1]] as const;
      if (Math.max(...scale) > 1 / LEAST_STRENGTH) return { unsuitable: "one of its stains is hardly there" };
      const data = new Uint8Array(image.data.length);
      recompose(
        source.densities,
        { matrix: target.matrix, white: macenkoForms[form].white, scale, signed: true, rounding: "truncate" },
        data,
      );
      return { width: image.width, height: image.height, data };
    },
  };
}

function separate(image: RgbImage, name: keyof typeof macenkoForms): Separation | Unsuitable {
  const form = macenkoForms[name];
  const tissue = form.tissue(image.data);
  if (isUnsuitable(tissue)) return tissue;
  const matrix = estimateMacenko(tissue);
  if (isUnsuitable(matrix)) return matrix;
  const densities = new Float64Array(2 * image.width * image.height);
  form.densities(image.data, matrix, densities);
  const strongest = [0, 1].map((stain) => percentile(everySecond(densities, stain), 99));
  if (!(Math.min(...strongest) > 0)) return { unsuitable: "one of its stains is absent" };
  return { matrix, densities, strongest: [strongest[0], strongest[1]] };
}

function everySecond(values: Float64Array, start: number): Float64Array {
  const picked = new Float64Array(values.length / 2);
  for (let i = 0; i < picked.length; i++) picked[i] = values[2 * i + start];
  return picked;
}

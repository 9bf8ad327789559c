import type { Separator } from "@eosin/plugin-api/imaging";
import type { Options } from "./options.js";

/** Optical density of a unit of each stain in red, green and blue (Ruifrok & Johnston 2001), of unit length. */
const matrix = [unit([0.65, 0.7, 0.29]), unit([0.07, 0.99, 0.11])] as const;
const white = 255;

export function create({ leastTissue }: Options): Separator {
  const [h, e] = matrix;
  // Normal equations of two unknowns; the vectors have length 1.
  const cosine = dot(h, e);
  const scale = 1 / (1 - cosine * cosine);
  return {
    separate({ width, height, data }) {
      const densities = new Float32Array(2 * width * height);
      let tissue = 0;
      for (let i = 0; i < width * height; i++) {
        const od = [0, 1, 2].map((c) => -Math.log(Math.max(1, data[3 * i + c]) / white)) as [number, number, number];
        if (od[0] + od[1] + od[2] > 0.45) tissue++;
        const [alongH, alongE] = [dot(od, h), dot(od, e)];
        densities[2 * i] = Math.max(0, scale * (alongH - cosine * alongE));
        densities[2 * i + 1] = Math.max(0, scale * (alongE - cosine * alongH));
      }
      if (tissue < leastTissue * width * height) return { unsuitable: "it shows hardly any tissue" };
      const stains = ["haematoxylin", "eosin"];
      return { stains, matrix, white, densities: { width, height, stains: 2, data: densities } };
    },
  };
}

type Vector = readonly [red: number, green: number, blue: number];

function dot(a: Vector, b: Vector): number {
  return a[0] * b[0] + a[1] * b[1] + a[2] * b[2];
}

function unit(vector: Vector): Vector {
  const length = Math.hypot(...vector);
  return [vector[0] / length, vector[1] / length, vector[2] / length];
}

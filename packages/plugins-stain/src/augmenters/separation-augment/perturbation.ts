import type { Rng } from "@eosin/plugin-api";
import type { z } from "@eosin/plugin-api/zod";
import { perturbStain } from "../../estimation/stain-colour.js";
import type { StainMatrix } from "../../estimation/stain-matrix.js";
import type { separationAugmentOptions } from "./options.js";

type Spreads = Pick<
  z.output<typeof separationAugmentOptions>,
  "distribution" | "densityScale" | "densityShift" | "saturation" | "value"
>;

/** What happens to each stain, haematoxylin first: C ← max(0, C·scale + shift), M ← matrix. */
export interface Perturbation {
  readonly matrix: StainMatrix;
  readonly scale: readonly [number, number];
  readonly shift: readonly [number, number];
}

/** Every figure is drawn, whatever its spread: switching one off leaves the others as they were. */
export function drawPerturbation(matrix: StainMatrix, options: Spreads, rng: Rng): Perturbation {
  const draw = (centre: number, spread: number) =>
    options.distribution === "normal" ? rng.normal(centre, spread) : rng.between(centre - spread, centre + spread);
  const stain = (index: 0 | 1) => {
    const scale = Math.max(0, draw(1, options.densityScale));
    const shift = draw(0, options.densityShift);
    const saturation = Math.max(0, draw(1, options.saturation));
    const value = Math.max(0, draw(1, options.value));
    const untouched = saturation === 1 && value === 1;
    return { scale, shift, vector: untouched ? matrix[index] : perturbStain(matrix[index], saturation, value) };
  };
  const haematoxylin = stain(0);
  const eosin = stain(1);
  return {
    matrix: [haematoxylin.vector, eosin.vector],
    scale: [haematoxylin.scale, eosin.scale],
    shift: [haematoxylin.shift, eosin.shift],
  };
}

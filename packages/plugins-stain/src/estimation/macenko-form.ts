import type { DensitySource } from "./density-source.js";
import { clippedOpticalDensity } from "./optical-density.js";
import { ordinaryTissue, stainedTissue, type TissueRule } from "./tissue.js";

/** What two widely used codes do differently. */
export interface MacenkoForm extends Omit<DensitySource, "matrix"> {
  /** The level of a pixel without stain. */
  readonly white: number;
  readonly tissue: TissueRule;
}

export type MacenkoFormName = "staintools" | "torchstain";

const shiftedOpticalDensity = Float64Array.from({ length: 256 }, (_, v) => -Math.log((v + 1) / 240));
const FAINTEST = 0.15;

export const macenkoForms: { readonly [form in MacenkoFormName]: MacenkoForm } = {
  staintools: {
    white: 255,
    opticalDensity: clippedOpticalDensity,
    tissue: ordinaryTissue,
    solver: "sparse",
  },
  torchstain: {
    white: 240,
    opticalDensity: shiftedOpticalDensity,
    tissue: stainedTissue(shiftedOpticalDensity, FAINTEST),
    solver: "least-squares",
  },
};

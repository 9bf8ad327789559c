import type { RgbImage } from "@eosin/plugin-api/imaging";
import { type RescalingTarget, rescalingMethod } from "../normalization/rescaling-method.js";
import type { DensitySource } from "../separation/density-source.js";
import { estimateMacenko } from "../separation/macenko-estimate.js";
import { isUnsuitable, type Unsuitable } from "../separation/unsuitable.js";
import type { NormalizationMethod } from "../target/normalization-method.js";
import { type MacenkoFormName, macenkoForms } from "./form.js";

export function macenkoMethod(form: MacenkoFormName): NormalizationMethod<RescalingTarget> {
  return rescalingMethod("stain/macenko", {
    estimate: (image) => estimateByForm(image, form),
    white: macenkoForms[form].white,
  });
}

export function estimateByForm(image: RgbImage, form: MacenkoFormName): DensitySource | Unsuitable {
  const { opticalDensity, solver, tissue } = macenkoForms[form];
  const matrix = estimateMacenko(image.data, opticalDensity, tissue);
  return isUnsuitable(matrix) ? matrix : { opticalDensity, matrix, solver };
}

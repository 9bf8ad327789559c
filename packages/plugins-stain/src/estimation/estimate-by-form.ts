import type { RgbImage } from "@eosin/plugin-api/imaging";
import type { DensitySource } from "./density-source.js";
import { estimateMacenko } from "./macenko-estimate.js";
import { type MacenkoFormName, macenkoForms } from "./macenko-form.js";
import { isUnsuitable, type Unsuitable } from "./unsuitable.js";

/** Macenko's stains of a picture, by the arithmetic of a form. */
export function estimateByForm(image: RgbImage, form: MacenkoFormName): DensitySource | Unsuitable {
  const { opticalDensity, solver, tissue } = macenkoForms[form];
  const matrix = estimateMacenko(image.data, opticalDensity, tissue);
  return isUnsuitable(matrix) ? matrix : { opticalDensity, matrix, solver };
}

import { estimateByForm } from "../../estimation/estimate-by-form.js";
import { type MacenkoFormName, macenkoForms } from "../../estimation/macenko-form.js";
import type { NormalizationMethod } from "../target/normalization-method.js";
import { type RescalingTarget, rescalingMethod } from "../target/rescaling-method.js";

export function macenkoMethod(form: MacenkoFormName): NormalizationMethod<RescalingTarget> {
  return rescalingMethod("stain/macenko", {
    estimate: (image) => estimateByForm(image, form),
    white: macenkoForms[form].white,
  });
}

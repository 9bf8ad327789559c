import type { Separator } from "@eosin/plugin-api/imaging";
import { estimateByForm } from "../../estimation/estimate-by-form.js";
import { type MacenkoFormName, macenkoForms } from "../../estimation/macenko-form.js";
import { separateTwoStains } from "../../estimation/two-stain-separation.js";
import { isUnsuitable } from "../../estimation/unsuitable.js";

export function createMacenkoSeparator(form: MacenkoFormName): Separator {
  return {
    separate(image) {
      const source = estimateByForm(image, form);
      return isUnsuitable(source) ? source : separateTwoStains(image, source, macenkoForms[form].white);
    },
  };
}

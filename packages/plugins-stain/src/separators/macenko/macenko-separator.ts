import type { Separator } from "@eosin/plugin-api/imaging";
import { type MacenkoFormName, macenkoForms } from "../../macenko/form.js";
import { estimateByForm } from "../../macenko/macenko.js";
import { separateTwoStains } from "../../separation/two-stain-separation.js";
import { isUnsuitable } from "../../separation/unsuitable.js";

export function createMacenkoSeparator(form: MacenkoFormName): Separator {
  return {
    separate(image) {
      const source = estimateByForm(image, form);
      return isUnsuitable(source) ? source : separateTwoStains(image, source, macenkoForms[form].white);
    },
  };
}

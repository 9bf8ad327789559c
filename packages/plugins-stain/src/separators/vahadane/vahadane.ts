import type { Separator } from "@eosin/plugin-api/imaging";
import { separateTwoStains } from "../../estimation/two-stain-separation.js";
import { isUnsuitable } from "../../estimation/unsuitable.js";
import { estimateVahadane } from "../../estimation/vahadane-estimate.js";

export function createVahadaneSeparator(): Separator {
  return {
    separate(image) {
      const source = estimateVahadane(image);
      return isUnsuitable(source) ? source : separateTwoStains(image, source, 255);
    },
  };
}

import type { Separator } from "@eosin/plugin-api/imaging";
import { separateTwoStains } from "../../separation/two-stain-separation.js";
import { isUnsuitable } from "../../separation/unsuitable.js";
import { estimateVahadane } from "../../vahadane/vahadane.js";

export function createVahadaneSeparator(): Separator {
  return {
    separate(image) {
      const source = estimateVahadane(image);
      return isUnsuitable(source) ? source : separateTwoStains(image, source, 255);
    },
  };
}

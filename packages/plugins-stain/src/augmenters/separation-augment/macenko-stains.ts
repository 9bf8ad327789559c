import { identityMap } from "../../colour-spaces/byte-map.js";
import { estimateByForm } from "../../estimation/estimate-by-form.js";
import type { StainEstimator } from "../../estimation/stain-cache.js";
import { isUnsuitable } from "../../estimation/unsuitable.js";

/** Macenko's stains are measured again each time: that takes no longer than to recognise the picture would. */
export const macenkoStains: StainEstimator = {
  estimate({ image }) {
    const source = estimateByForm(image, "staintools");
    return isUnsuitable(source) ? source : { brightness: { level: 255, map: identityMap }, matrix: source.matrix };
  },
};

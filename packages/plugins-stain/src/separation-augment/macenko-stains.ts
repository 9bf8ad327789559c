import { identityMap } from "../colour/byte-map.js";
import { estimateByForm } from "../macenko/macenko.js";
import type { StainEstimator } from "../separation/stain-cache.js";
import { isUnsuitable } from "../separation/unsuitable.js";

/** Macenko's stains are measured anew each time: that takes no longer than to recognise the picture would. */
export const macenkoStains: StainEstimator = {
  estimate({ image }) {
    const source = estimateByForm(image, "staintools");
    return isUnsuitable(source) ? source : { brightness: { level: 255, map: identityMap }, matrix: source.matrix };
  },
};

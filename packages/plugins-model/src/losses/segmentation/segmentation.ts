import type { Loss } from "@eosin/plugin-api/learning";
import { isMeanOverSamples, segmentationTerms } from "../segmentation-terms.js";
import type { SegmentationOptions } from "./options.js";

export function createSegmentation({ segmentation }: SegmentationOptions): Loss {
  const term = segmentationTerms[segmentation];
  return {
    costKey: segmentation,
    needs: ["mask"],
    needsDensity: false,
    batchCoupled: !isMeanOverSamples(segmentation),
    compute(tf, { mask }, batch) {
      const total = term(tf, mask, batch.mask, batch.valid);
      return { total, terms: { segmentation: total } };
    },
  };
}

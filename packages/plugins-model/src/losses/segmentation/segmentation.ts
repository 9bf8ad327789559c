import type { Loss } from "@eosin/plugin-api/learning";
import type { z } from "@eosin/plugin-api/zod";
import { isMeanOverSamples, segmentationTerms } from "../segmentation-terms.js";
import type { segmentationOptions } from "./options.js";

export function createSegmentationLoss({ segmentation }: z.output<typeof segmentationOptions>): Loss {
  const term = segmentationTerms[segmentation];
  return {
    needs: ["mask"],
    needsDensity: false,
    batchCoupled: !isMeanOverSamples(segmentation),
    compute(tf, { mask }, batch) {
      const total = term(tf, mask, batch.mask, batch.valid);
      return { total, terms: { segmentation: total } };
    },
  };
}

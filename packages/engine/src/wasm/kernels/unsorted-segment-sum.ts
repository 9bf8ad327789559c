import type { UnsortedSegmentSumAttrs, UnsortedSegmentSumInputs } from "@tensorflow/tfjs-core";
import { defineStockKernel } from "./wasm-kernel.js";

/** Sums rows of x by their segment's number; numbers outside 0 … numSegments − 1 are left out. The gradient of `gather`. */
export const unsortedSegmentSum = defineStockKernel<UnsortedSegmentSumInputs, UnsortedSegmentSumAttrs>(
  "UnsortedSegmentSum",
  ({ tf, native, pointer, output }) =>
    ({ x, segmentIds }, { numSegments }) => {
      const rows = tf.util.sizeFromShape(segmentIds.shape);
      const shape = x.shape.slice(segmentIds.shape.length);
      const sums = output([numSegments, ...shape]);
      const inner = tf.util.sizeFromShape(shape);
      native.unsortedSegmentSum(pointer(x), pointer(segmentIds), pointer(sums), rows, inner, numSegments);
      return sums;
    },
);

import { EosinError } from "@eosin/plugin-api";
import type { Loss } from "@eosin/plugin-api/learning";
import type * as tfc from "@tensorflow/tfjs-core";
import { type AddedTerm, withTerms } from "../added-term.js";
import { classCount, probabilities } from "../mask-classes.js";
import { countedPixels } from "../valid-pixels.js";
import type { BoundaryOptions } from "./options.js";

/**
 * L_seg + weight · mean of φ·p (Kervadec et al., 2019, eq. 5 and 8): φ is the signed distance to the true boundary in pixels,
 * below 0 inside. Alone it is content with an empty mask where tumours are small, so it comes beside a loss of overlap.
 */
export function createBoundary(segmentation: Loss, { weight, classes }: Omit<BoundaryOptions, "segmentation">): Loss {
  return { ...withTerms(segmentation, [distanceTerm(weight, classes)]), needsDistances: classes };
}

function distanceTerm(weight: number, classes: number): AddedTerm {
  return {
    name: "boundary",
    weight,
    needs: ["mask"],
    compute(tf, { mask: logits }, { distance, valid }) {
      if (!distance || distance.shape[3] !== classes || Math.max(1, classCount(logits) - 1) !== classes) {
        throw mismatch(logits, classes);
      }
      const all = probabilities(tf, logits);
      const [b, h, w, c] = logits.shape;
      const foreground = c === 1 ? all : tf.slice(all, [0, 0, 0, 1], [b, h, w, c - 1]);
      const products = tf.mul(foreground, distance);
      const perPixel = classes === 1 ? products : tf.mean(products, -1, true);
      return countedPixels(tf, b * h * w, valid).mean(perPixel);
    },
  };
}

function mismatch(logits: tfc.Tensor, classes: number): EosinError {
  return new EosinError({
    code: "LOSS_CLASSES_MISMATCH",
    message: "The boundary loss has another number of classes than the network.",
    place: "option loss",
    expected: `classes: ${Math.max(1, classCount(logits) - 1)}, as the network's mask [${logits.shape.join(", ")}] has beside the background`,
    found: `classes: ${classes}`,
    next: "Set the loss's option `classes` to the number of classes beside the background.",
  });
}

import { EosinError } from "@eosin/plugin-api";
import { z } from "@eosin/plugin-api/zod";
import type * as tfc from "@tensorflow/tfjs-core";
import { labelCount } from "./mask-classes.js";

export const classWeightsOption = z
  .array(z.number().min(0))
  .min(2)
  .max(128)
  .refine((weights) => weights.some((weight) => weight > 0), { error: "at least one weight above 0" })
  .optional()
  .describe("One weight a class, the background first: two where tumour is the only class.");

/** @throws EosinError `CLASS_WEIGHTS_MISMATCH` where there are weights of another number of classes than the network's. */
export function checkClassWeights(weights: readonly number[] | undefined, logits: tfc.Tensor): void {
  if (weights === undefined || weights.length === labelCount(logits)) return;
  throw new EosinError({
    code: "CLASS_WEIGHTS_MISMATCH",
    message: "The class weights of the loss do not fit the classes of the network.",
    place: "option loss",
    expected: `${labelCount(logits)} weights: the mask has the shape [${logits.shape.join(", ")}]`,
    found: `${weights.length}: ${weights.join(", ")}`,
    next: "Give `classWeights` one number for each class, that of the background first.",
  });
}

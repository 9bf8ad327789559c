import { defineLoss } from "@eosin/plugin-api/learning";
import { diceCrossEntropyOptions } from "./options.js";

export const diceCrossEntropy = defineLoss({
  type: "model/dice-cross-entropy",
  summary: "Dice + cross-entropy of the mask as nnU-Net weights them, with class weights and label smoothing.",
  options: diceCrossEntropyOptions,
  create: async ({ options }) => (await import("./dice-cross-entropy.js")).createDiceCrossEntropy(options),
});

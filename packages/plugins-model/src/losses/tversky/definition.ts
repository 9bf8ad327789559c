import { defineLoss } from "@eosin/plugin-api/learning";
import { tverskyOptions } from "./options.js";

export const tversky = defineLoss({
  type: "model/tversky",
  summary: "Tversky loss of the mask (Salehi et al., 2017): Dice with weights of false positives and false negatives.",
  options: tverskyOptions,
  create: async ({ options }) => (await import("./tversky.js")).createTversky(options),
});

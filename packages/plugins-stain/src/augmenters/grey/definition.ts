import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { greyOptions } from "./options.js";

export const grey = defineAugmenter({
  type: "stain/grey",
  summary: "Takes the colour away: each pixel's luma in all three channels.",
  options: greyOptions,
  create: async ({ options }) => (await import("./grey.js")).createGrey(options),
});

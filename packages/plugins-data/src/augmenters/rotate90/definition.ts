import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { rotate90Options } from "./options.js";

export const rotate90 = defineAugmenter({
  type: "data/rotate90",
  summary: "Turns image, mask and densities counter-clockwise by 0 to 3 quarter turns, drawn evenly where it applies.",
  options: rotate90Options,
  create: async ({ options }) => (await import("./rotate90.js")).createRotate90(options),
});

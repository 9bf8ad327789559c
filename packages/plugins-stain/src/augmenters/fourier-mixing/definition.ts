import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { fourierMixingOptions } from "./options.js";

export const fourierMixing = defineAugmenter({
  type: "stain/fourier-mixing",
  summary:
    "Mixes amplitudes of low frequencies with those of another training patch, and keeps the phases (Yang 2020).",
  options: fourierMixingOptions,
  create: async (context) => (await import("./fourier-mixing.js")).createFourierMixing(context),
});

import { defineNormalizer } from "@eosin/plugin-api/imaging";
import { macenkoOptions } from "./options.js";

export const macenko = defineNormalizer({
  type: "stain/macenko",
  summary: "Recomposes the picture with a target's stain vectors, found by PCA of optical densities (Macenko 2009).",
  options: macenkoOptions,
  files: ["target"],
  create: async (context) => {
    const [{ createTargetedNormalizer }, { macenkoMethod }] = await Promise.all([
      import("../target/targeted-normalizer.js"),
      import("./macenko.js"),
    ]);
    return createTargetedNormalizer(macenkoMethod(context.options.form), context);
  },
});

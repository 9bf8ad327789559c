import { defineNormalizer } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { unsuitableOption } from "../separation/unsuitable-option.js";
import { targetOptions } from "../target/target-option.js";

export const macenkoFormOption = {
  form: z
    .enum(["staintools", "torchstain"])
    .default("staintools")
    .describe(
      "Whose arithmetic: StainTools (tissue by lightness, sparse densities) or torchstain (tissue by density, least squares).",
    ),
};

export const macenkoOptions = z.object({ ...targetOptions, ...unsuitableOption, ...macenkoFormOption });

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

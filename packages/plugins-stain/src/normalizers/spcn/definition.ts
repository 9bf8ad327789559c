import { defineNormalizer } from "@eosin/plugin-api/imaging";
import { spcnOptions } from "./options.js";

export const spcn = defineNormalizer({
  type: "stain/spcn",
  summary: "Structure-preserving colour normalisation (Vahadane 2016) as the paper's code does it.",
  options: spcnOptions,
  files: ["target"],
  create: async (context) => {
    const [{ createTargetedNormalizer }, { spcnMethod }] = await Promise.all([
      import("../target/targeted-normalizer.js"),
      import("./spcn.js"),
    ]);
    return createTargetedNormalizer(spcnMethod, context);
  },
});

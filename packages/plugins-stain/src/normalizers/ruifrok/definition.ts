import { defineNormalizer } from "@eosin/plugin-api/imaging";
import { ruifrokOptions } from "./options.js";

export const ruifrok = defineNormalizer({
  type: "stain/ruifrok",
  summary: "Scales the densities along fixed stain vectors to the target's strongest (Ruifrok 2001, TIAToolbox).",
  options: ruifrokOptions,
  files: ["target"],
  create: async (context) => {
    const [{ createTargetedNormalizer }, { ruifrokMethod }] = await Promise.all([
      import("../target/targeted-normalizer.js"),
      import("./ruifrok.js"),
    ]);
    return createTargetedNormalizer(ruifrokMethod, context);
  },
});

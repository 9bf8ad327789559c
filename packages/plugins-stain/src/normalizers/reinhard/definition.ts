import { defineNormalizer } from "@eosin/plugin-api/imaging";
import { reinhardOptions } from "./options.js";

export const reinhard = defineNormalizer({
  type: "stain/reinhard",
  summary: "Moves mean and standard deviation of LAB to a target's (Reinhard 2001).",
  options: reinhardOptions,
  files: ["target"],
  create: async (context) => {
    const [{ createTargetedNormalizer }, { reinhardMethod }] = await Promise.all([
      import("../target/targeted-normalizer.js"),
      import("./reinhard.js"),
    ]);
    return createTargetedNormalizer(reinhardMethod(context.options.lab), context);
  },
});

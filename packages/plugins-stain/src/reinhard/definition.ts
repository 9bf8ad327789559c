import { defineNormalizer } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { unsuitableOption } from "../separation/unsuitable-option.js";
import { targetOptions } from "../target/target-option.js";

export const reinhardOptions = z.object({
  ...targetOptions,
  ...unsuitableOption,
  lab: z
    .enum(["8-bit", "float"])
    .default("8-bit")
    .describe("OpenCV's 8-bit LAB, truncated (StainTools, TIAToolbox), or LAB in real numbers (torchstain)."),
});

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

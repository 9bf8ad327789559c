import { defineNormalizer } from "@eosin/plugin-api/imaging";
import { z } from "zod";
import { unsuitableOption } from "../separation/unsuitable-option.js";
import { targetOption } from "../target/target-option.js";

export const reinhardOptions = z.object({ ...targetOption, ...unsuitableOption });

export const reinhard = defineNormalizer({
  type: "stain/reinhard",
  summary: "Moves mean and standard deviation of 8-bit LAB to a target's (Reinhard 2001).",
  options: reinhardOptions,
  files: ["target"],
  create: async ({ options, state, log }) => {
    const [{ targetedNormalizer }, { reinhardMethod }] = await Promise.all([
      import("../target/targeted-normalizer.js"),
      import("./reinhard.js"),
    ]);
    return targetedNormalizer(reinhardMethod, { file: options.target, state, unsuitable: options.unsuitable, log });
  },
});

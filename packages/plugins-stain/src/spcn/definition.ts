import { defineNormalizer } from "@eosin/plugin-api/imaging";
import { z } from "zod";
import { unsuitableOption } from "../separation/unsuitable-option.js";
import { targetOption } from "../target/target-option.js";

export const spcnOptions = z.object({ ...targetOption, ...unsuitableOption });

export const spcn = defineNormalizer({
  type: "stain/spcn",
  summary: "Structure-preserving colour normalisation (Vahadane 2016) as the paper's code does it.",
  options: spcnOptions,
  files: ["target"],
  create: async ({ options, state, log }) => {
    const [{ targetedNormalizer }, { spcnMethod }] = await Promise.all([
      import("../target/targeted-normalizer.js"),
      import("./spcn.js"),
    ]);
    return targetedNormalizer(spcnMethod, { file: options.target, state, unsuitable: options.unsuitable, log });
  },
});

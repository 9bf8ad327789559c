import { z } from "@eosin/plugin-api/zod";
import { unsuitableOption } from "../../estimation/unsuitable-option.js";
import { randStainNAOptions } from "../randstainna/options.js";
import { separationAugmentOptions } from "../separation-augment/options.js";

/** A part of the mixture: its probability, and its own options but `p`. */
const probability = z.number().min(0).max(1).default(0.25).describe("Share of the patches that it changes.");

const randStainNAPart = randStainNAOptions.omit({ p: true, unsuitable: true }).extend({ p: probability });

const separationPart = separationAugmentOptions.omit({ p: true, unsuitable: true }).extend({ p: probability });

export const mixOptions = z
  .object({
    randStainNA: randStainNAPart.prefault({}).describe("Options of stain/randstainna."),
    separation: separationPart.prefault({}).describe("Options of stain/separation-augment."),
    ...unsuitableOption,
  })
  .refine(
    ({ randStainNA, separation }) => randStainNA.p + separation.p <= 1,
    "the probabilities add up to more than 1",
  );

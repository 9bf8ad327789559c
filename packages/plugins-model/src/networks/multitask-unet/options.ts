import { z } from "@eosin/plugin-api/zod";
import { blockOptions, encoderOptions } from "../encoder-options.js";

export const multitaskUnetOptions = encoderOptions(blockOptions, {
  stains: z.int().min(1).max(3).default(2).describe("Stains that are told apart: haematoxylin and eosin are 2"),
  reconstruct: z
    .enum(["rgb", "od"])
    .default("rgb")
    .describe("What stain vectors × densities give: the normalised RGB input (paper's code) or its optical density"),
  imageLevelHead: z
    .boolean()
    .default(false)
    .describe("A further output, whether the patch holds any tumour (for model/image-level-auxiliary)"),
});

export type MultitaskUnetOptions = z.output<typeof multitaskUnetOptions>;

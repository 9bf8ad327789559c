import { defineNetwork } from "@eosin/plugin-api/learning";
import { z } from "@eosin/plugin-api/zod";
import { encoderOptions } from "../encoder-options.js";

export const multitaskUnetOptions = z.strictObject({
  ...encoderOptions,
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

export const multitaskUnet = defineNetwork({
  type: "model/multitask-unet",
  summary: "U-Net that separates stains (vectors and densities) and segments from them (Kim et al., 2025).",
  options: multitaskUnetOptions,
  files: ["weights"],
  usesEngine: true,
  async create({ options, log }) {
    const { createMultitaskUnet } = await import("./multitask-unet.js");
    return createMultitaskUnet(options, log);
  },
});

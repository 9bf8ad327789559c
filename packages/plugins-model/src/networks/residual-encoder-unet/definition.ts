import { defineNetwork } from "@eosin/plugin-api/learning";
import { residualEncoderUnetOptions } from "./options.js";

export const residualEncoderUnet = defineNetwork({
  type: "model/residual-encoder-unet",
  summary: "nnU-Net's U-Net with a residual encoder (Isensee et al., 2024): as model/plain-unet, of residual blocks.",
  options: residualEncoderUnetOptions,
  files: ["weights"],
  usesEngine: true,
  create: async ({ options, log }) =>
    (await import("./residual-encoder-unet.js")).createResidualEncoderUnet(options, log),
});

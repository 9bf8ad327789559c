import { defineNetwork } from "@eosin/plugin-api/learning";
import { plainUnetOptions } from "./options.js";

export const plainUnet = defineNetwork({
  type: "model/plain-unet",
  summary:
    "nnU-Net's U-Net (Isensee et al., 2021): instance normalisation, leaky ReLU, strided and transposed convolutions.",
  options: plainUnetOptions,
  files: ["weights"],
  usesEngine: true,
  create: async ({ options, log }) => (await import("./plain-unet.js")).createPlainUnet(options, log),
});

import { defineNetwork } from "@eosin/plugin-api/learning";
import { z } from "@eosin/plugin-api/zod";
import { encoderOptions } from "../encoder-options.js";

export const unetOptions = z.strictObject(encoderOptions);

export type UnetOptions = z.output<typeof unetOptions>;

export const unet = defineNetwork({
  type: "model/unet",
  summary: "Supervised U-Net: the conventional baseline of Kim et al. (2025).",
  options: unetOptions,
  files: ["weights"],
  usesEngine: true,
  async create({ options, log }) {
    const { createUnet } = await import("./unet.js");
    return createUnet(options, log);
  },
});

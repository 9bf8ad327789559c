import { defineNetwork } from "@eosin/plugin-api/learning";
import { unetOptions } from "./options.js";

export const unet = defineNetwork({
  type: "model/unet",
  summary: "Supervised U-Net: the conventional baseline of Kim et al. (2025).",
  options: unetOptions,
  files: ["weights"],
  usesEngine: true,
  async create({ options, create, log }) {
    const [{ chosenEncoder }, { createUnet }] = await Promise.all([
      import("../chosen-encoder.js"),
      import("./unet.js"),
    ]);
    return createUnet(await chosenEncoder(options, create), options, log);
  },
});

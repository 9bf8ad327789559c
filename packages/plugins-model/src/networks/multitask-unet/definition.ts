import { defineNetwork } from "@eosin/plugin-api/learning";
import { multitaskUnetOptions } from "./options.js";

export const multitaskUnet = defineNetwork({
  type: "model/multitask-unet",
  summary: "U-Net that separates stains (vectors and densities) and segments from them (Kim et al., 2025).",
  options: multitaskUnetOptions,
  files: ["weights"],
  usesEngine: true,
  async create({ options, create, log }) {
    const [{ chosenEncoder }, { createMultitaskUnet }] = await Promise.all([
      import("../chosen-encoder.js"),
      import("./multitask-unet.js"),
    ]);
    return createMultitaskUnet(await chosenEncoder(options, create), options, log);
  },
});

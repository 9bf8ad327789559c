import { defineNetwork } from "@eosin/plugin-api/learning";
import { unetPlusPlusOptions } from "./options.js";

export const unetPlusPlus = defineNetwork({
  type: "model/unet-plus-plus",
  summary: "U-Net++ (Zhou et al., 2018): a U-Net with nested, dense skip connections.",
  options: unetPlusPlusOptions,
  files: ["weights"],
  usesEngine: true,
  async create({ options, create, log }) {
    const [{ chosenEncoder }, { createUnetPlusPlus }] = await Promise.all([
      import("../chosen-encoder.js"),
      import("./unet-plus-plus.js"),
    ]);
    return createUnetPlusPlus(await chosenEncoder(options, create), options, log);
  },
});

import { defineNetwork } from "@eosin/plugin-api/learning";
import { deeplabv3PlusOptions } from "./options.js";

export const deeplabv3Plus = defineNetwork({
  type: "model/deeplabv3-plus",
  summary:
    "DeepLabv3+ (Chen et al., 2018): an atrous spatial pyramid over the deepest feature, and a small decoder at stride 4.",
  options: deeplabv3PlusOptions,
  files: ["weights"],
  usesEngine: true,
  async create({ options, create, log }) {
    const [{ chosenEncoder }, { createDeeplabv3Plus }] = await Promise.all([
      import("../chosen-encoder.js"),
      import("./deeplabv3-plus.js"),
    ]);
    return createDeeplabv3Plus(await chosenEncoder(options, create), options, log);
  },
});

import { defineNetwork } from "@eosin/plugin-api/learning";
import { fpnOptions } from "./options.js";

export const fpn = defineNetwork({
  type: "model/fpn",
  summary:
    "Feature pyramid network (Kirillov et al., 2019): the encoder's four deepest features, summed at a quarter of the size.",
  options: fpnOptions,
  files: ["weights"],
  usesEngine: true,
  async create({ options, create, log }) {
    const [{ chosenEncoder }, { createFpn }] = await Promise.all([import("../chosen-encoder.js"), import("./fpn.js")]);
    return createFpn(await chosenEncoder(options, create), options, log);
  },
});

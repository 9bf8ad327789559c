import { defineLoss } from "@eosin/plugin-api/learning";
import { imageLevelAuxiliaryOptions } from "./options.js";

export const imageLevelAuxiliary = defineLoss({
  type: "model/image-level-auxiliary",
  summary: "Adds BCE of the network's image-level head against whether the patch holds any tumour to another loss.",
  options: imageLevelAuxiliaryOptions,
  async create({ options, create }) {
    const { createImageLevelAuxiliary } = await import("./image-level-auxiliary.js");
    return createImageLevelAuxiliary(await create(options.loss), options.weight);
  },
});

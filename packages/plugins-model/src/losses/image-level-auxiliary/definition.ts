import { component, lossKind } from "@eosin/plugin-api";
import { defineLoss } from "@eosin/plugin-api/learning";
import { z } from "@eosin/plugin-api/zod";

export const imageLevelAuxiliaryOptions = z.strictObject({
  loss: component(lossKind).describe("What the auxiliary term is added to"),
  weight: z.number().min(0).default(0.3).describe("Weight of the auxiliary term"),
});

export const imageLevelAuxiliary = defineLoss({
  type: "model/image-level-auxiliary",
  summary: "Adds BCE of the network's image-level head against whether the patch holds any tumour to another loss.",
  options: imageLevelAuxiliaryOptions,
  async create({ options, create }) {
    const { createImageLevelAuxiliary } = await import("./image-level-auxiliary.js");
    return createImageLevelAuxiliary(await create(options.loss), options.weight);
  },
});

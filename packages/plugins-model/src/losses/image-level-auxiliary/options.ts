import { component, lossKind } from "@eosin/plugin-api";
import { z } from "@eosin/plugin-api/zod";

export const imageLevelAuxiliaryOptions = z.strictObject({
  loss: component(lossKind).describe("What the auxiliary term is added to"),
  weight: z.number().min(0).default(0.3).describe("Weight of the auxiliary term"),
});

import { defineLoss } from "@eosin/plugin-api/learning";
import { focalOptions } from "./options.js";

export const focal = defineLoss({
  type: "model/focal",
  summary:
    "Focal loss of the mask (Lin et al., 2017): cross-entropy in which pixels that are right already count less.",
  options: focalOptions,
  create: async ({ options }) => (await import("./focal.js")).createFocal(options),
});

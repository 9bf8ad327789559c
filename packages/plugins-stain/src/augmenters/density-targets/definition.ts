import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { densityTargetsOptions } from "./options.js";

export const densityTargets = defineAugmenter({
  type: "stain/density-targets",
  summary: "Gives each sample the stain densities that SPCN finds in it, for density-supervised training.",
  options: densityTargetsOptions,
  create: async (context) => (await import("./density-targets.js")).createDensityTargets(context),
});

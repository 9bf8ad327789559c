import { definePostprocess } from "@eosin/plugin-api/imaging";
import { smallRegionsOptions } from "./options.js";

export const smallRegions = definePostprocess({
  type: "model/small-regions",
  summary: "Fills small holes of a mask and drops its small regions.",
  options: smallRegionsOptions,
  create: async ({ options }) => new (await import("./small-regions.js")).SmallRegions(options),
});

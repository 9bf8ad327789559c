import { definePostprocess } from "@eosin/plugin-api/imaging";
import { minorRegionFilterOptions } from "./options.js";

export const minorRegionFilter = definePostprocess({
  type: "model/minor-region-filter",
  summary: "Empties masks that cover next to nothing and fills those that cover nearly everything.",
  options: minorRegionFilterOptions,
  create: async ({ options }) => new (await import("./minor-region-filter.js")).MinorRegionFilter(options),
});

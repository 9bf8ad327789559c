import { defineSeparator } from "@eosin/plugin-api/imaging";
import { ruifrokSeparatorOptions } from "./options.js";

export const ruifrokSeparator = defineSeparator({
  type: "stain/ruifrok-separator",
  summary: "Haematoxylin, eosin and DAB along fixed stain vectors (Ruifrok & Johnston 2001).",
  options: ruifrokSeparatorOptions,
  create: async ({ options }) => (await import("./ruifrok.js")).createRuifrokSeparator(options.stains),
});

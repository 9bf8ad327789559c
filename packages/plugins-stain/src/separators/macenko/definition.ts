import { defineSeparator } from "@eosin/plugin-api/imaging";
import { macenkoSeparatorOptions } from "./options.js";

export const macenkoSeparator = defineSeparator({
  type: "stain/macenko-separator",
  summary: "Haematoxylin and eosin as the extreme directions of the tissue's optical densities (Macenko 2009).",
  options: macenkoSeparatorOptions,
  create: async ({ options }) => (await import("./macenko.js")).createMacenkoSeparator(options.form),
});

import { defineSeparator } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { macenkoFormOption } from "../../macenko/definition.js";

export const macenkoSeparatorOptions = z.object({ ...macenkoFormOption });

export const macenkoSeparator = defineSeparator({
  type: "stain/macenko-separator",
  summary: "Haematoxylin and eosin as the extreme directions of the tissue's optical densities (Macenko 2009).",
  options: macenkoSeparatorOptions,
  create: async ({ options }) => (await import("./macenko-separator.js")).createMacenkoSeparator(options.form),
});

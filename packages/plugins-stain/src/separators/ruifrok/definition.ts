import { defineSeparator } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";

export const ruifrokSeparatorOptions = z.object({
  stains: z
    .union([z.literal(2), z.literal(3)])
    .default(3)
    .describe("2: haematoxylin and eosin, sparse; 3: DAB too, by colour deconvolution."),
});

export const ruifrokSeparator = defineSeparator({
  type: "stain/ruifrok-separator",
  summary: "Haematoxylin, eosin and DAB along fixed stain vectors (Ruifrok & Johnston 2001).",
  options: ruifrokSeparatorOptions,
  create: async ({ options }) => (await import("./ruifrok-separator.js")).createRuifrokSeparator(options.stains),
});

import { z } from "@eosin/plugin-api/zod";

export const ruifrokSeparatorOptions = z.object({
  stains: z
    .union([z.literal(2), z.literal(3)])
    .default(3)
    .describe("2: haematoxylin and eosin, sparse; 3: DAB too, by colour deconvolution."),
});

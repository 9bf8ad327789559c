import { z } from "@eosin/plugin-api/zod";

export const macenkoFormOption = {
  form: z
    .enum(["staintools", "torchstain"])
    .default("staintools")
    .describe(
      "Whose arithmetic: StainTools (tissue by lightness, sparse densities) or torchstain (tissue by density, least squares).",
    ),
};

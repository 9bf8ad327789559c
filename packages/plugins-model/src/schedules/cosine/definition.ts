import { defineSchedule } from "@eosin/plugin-api/learning";
import { z } from "@eosin/plugin-api/zod";

export const cosine = defineSchedule({
  type: "model/cosine",
  summary: "Falls along half a cosine to zero (Loshchilov & Hutter, 2017), after an optional linear warm-up.",
  options: z.strictObject({
    warmup: z
      .number()
      .min(0)
      .lt(1)
      .default(0)
      .describe("Share of training over which the rate rises linearly from 1 %."),
  }),
  create: ({ options: { warmup } }) => ({
    factor: (progress) => {
      if (progress < warmup) return 0.01 + (0.99 * progress) / warmup;
      return 0.5 * (1 + Math.cos((Math.PI * (progress - warmup)) / (1 - warmup)));
    },
  }),
});

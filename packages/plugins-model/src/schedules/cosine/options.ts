import { z } from "@eosin/plugin-api/zod";

export const cosineOptions = z.strictObject({
  warmup: z.number().min(0).lt(1).default(0).describe("Share of training over which the rate rises linearly from 1 %."),
});

export type CosineOptions = z.output<typeof cosineOptions>;

import { z } from "@eosin/plugin-api/zod";

export const tinyOptions = z.strictObject({
  dropConnect: z
    .number()
    .min(0)
    .lt(1)
    .default(0)
    .describe("Drop-connect of the last residual block, growing from 0 at the first"),
});

export type TinyOptions = z.output<typeof tinyOptions>;

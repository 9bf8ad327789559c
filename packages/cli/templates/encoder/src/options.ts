import { z } from "zod";

export const options = z.strictObject({
  channels: z
    .int()
    .min(1)
    .max(256)
    .default(16)
    .describe("Channels of the first feature; each further one has twice as many."),
  depth: z.int().min(1).max(6).default(4).describe("Features, each at half the size of the one before."),
});

export type Options = z.output<typeof options>;

import { z } from "@eosin/plugin-api/zod";

export const greyOptions = z.object({
  p: z.number().min(0).max(1).default(1).describe("Probability that a patch turns grey."),
});

import { z } from "@eosin/plugin-api/zod";

export const rotate90Options = z.strictObject({
  p: z.number().min(0).max(1).default(0.5).describe("Probability that it applies; 0 turns may still be drawn then."),
});

export type Rotate90Options = z.output<typeof rotate90Options>;

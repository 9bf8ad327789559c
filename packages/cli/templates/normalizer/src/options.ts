import { z } from "zod";

export const options = z.strictObject({
  strength: z.number().min(0).max(1).default(1).describe("Share of the way to the target: 0 leaves a patch as it is."),
});

export type Options = z.output<typeof options>;

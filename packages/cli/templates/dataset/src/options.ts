import { z } from "zod";

export const options = z.strictObject({
  perDomain: z.int().min(1).max(10_000).default(12).describe("Patches of each of the two domains."),
  size: z.int().min(8).max(4096).default(64).describe("Pixels of a patch's side."),
});

export type Options = z.output<typeof options>;

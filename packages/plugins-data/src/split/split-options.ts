import { z } from "@eosin/plugin-api/zod";

export const validationFraction = z
  .number()
  .min(0)
  .lt(1)
  .default(0.2)
  .describe("Share of the training part that validates, stratified by domain.");

export const stratifyBy = z
  .enum(["domain", "none"])
  .default("domain")
  .describe("domain: every part has each domain in proportion; none: at random.");

export type StratifyBy = z.output<typeof stratifyBy>;

import { z } from "@eosin/plugin-api/zod";

export const validationFraction = z
  .number()
  .min(0)
  .lt(1)
  .default(0.2)
  .describe("Share of the training part that validates, stratified by domain.");

export const stratifyBy = z
  .string()
  .min(1)
  .default("domain")
  .describe("domain: every part has each domain in proportion; none: at random; else an attribute of the samples.");

export const groupByAttribute = z
  .string()
  .min(1)
  .optional()
  .describe("An attribute, e.g. patient: samples with the same value are never on two sides.");

export type StratifyBy = z.output<typeof stratifyBy>;

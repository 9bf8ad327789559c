import { z } from "@eosin/plugin-api/zod";

export const polynomialOptions = z.strictObject({
  power: z.number().positive().default(0.9).describe("How fast the rate falls; 1 is a line."),
});

export type PolynomialOptions = z.output<typeof polynomialOptions>;

import { z } from "@eosin/plugin-api/zod";

/** What weights a model gets beside those of the last step. */
export const averageOption = z
  .discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("ema").describe("Exponential moving average, moved after every step."),
      decay: z.number().gt(0).lt(1).default(0.995).describe("Share of the old average in the new one."),
      warmup: z
        .boolean()
        .default(true)
        .describe("Decays by min(decay, (1 + step) / (10 + step)), so that the first weights are soon forgotten."),
    }),
    z.strictObject({
      kind: z
        .literal("swa")
        .describe("Stochastic weight averaging (Izmailov et al., 2018): the mean over last epochs."),
      from: z
        .number()
        .min(0)
        .lt(1)
        .default(0.75)
        .describe("Share of the epochs that are over before the first counts."),
    }),
  ])
  .optional()
  .describe(
    "Average of the weights over training, norms' running statistics with them: what validation, early stopping and the " +
      "model take. Without it they take the weights themselves.",
  );

export type AverageOptions = NonNullable<z.output<typeof averageOption>>;

import { z } from "@eosin/plugin-api/zod";
import { channelOptions } from "../channels/channel-options.js";
import { probability, range } from "../option-schemas.js";

const amount = range({ least: 0, most: 100 });

export const noiseOptions = z
  .strictObject({
    p: probability.default(0.1).describe("Probability that a patch is changed."),
    // nnU-Net calls its range 0…0.1 a variance, and its code takes what it draws of it for the standard deviation.
    deviation: amount
      .optional()
      .describe(
        "Range of the noise's standard deviation, [0, 0.1] unless given: what nnU-Net does, though it calls its range one of variances.",
      ),
    variance: amount.optional().describe("Range of the noise's variance, in place of `deviation`."),
    unit: z
      .enum(["deviation", "range"])
      .default("deviation")
      .describe("What 1 is: the channel's own standard deviation, as of nnU-Net's standardised pictures, or 255."),
    ...channelOptions({ pChannel: 1, channels: "together" }),
  })
  .refine(({ deviation, variance }) => deviation === undefined || variance === undefined, {
    message: "`deviation` and `variance` are two ways to say the same: give one of them",
    path: ["variance"],
  });

export type NoiseOptions = z.output<typeof noiseOptions>;

import { z } from "@eosin/plugin-api/zod";
import { channelOptions } from "../channels/channel-options.js";
import { probability, range } from "../option-schemas.js";

export const gammaOptions = z.strictObject({
  p: probability.default(0.3).describe("Probability that a patch is changed."),
  gamma: range({ least: 0.01, most: 100 })
    .default([0.7, 1.5])
    .describe("Range of the power; below and above 1 are drawn equally often."),
  invert: z
    .boolean()
    .default(false)
    .describe("Whether the power is taken of the negative, so that it moves light values more than dark ones."),
  retain: z
    .boolean()
    .default(true)
    .describe("Whether each channel is given back the mean and the deviation that it had."),
  ...channelOptions({ pChannel: 1, channels: "apart" }),
});

export type GammaOptions = z.output<typeof gammaOptions>;

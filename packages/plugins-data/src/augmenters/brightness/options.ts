import { z } from "@eosin/plugin-api/zod";
import { channelOptions } from "../channels/channel-options.js";
import { probability, range } from "../option-schemas.js";

export const brightnessOptions = z.strictObject({
  p: probability.default(0.15).describe("Probability that a patch is changed."),
  factor: range({ least: 0, most: 10 })
    .default([0.75, 1.25])
    .describe("Range of the factor; below and above 1 are drawn equally often."),
  about: z
    .enum(["mean", "black"])
    .default("mean")
    .describe(
      "What stays where it is: the channel's mean, which is 0 once nnU-Net has standardised it, or black, as in light.",
    ),
  ...channelOptions({ pChannel: 1, channels: "apart" }),
});

export type BrightnessOptions = z.output<typeof brightnessOptions>;

import { z } from "@eosin/plugin-api/zod";
import { channelOptions } from "../channels/channel-options.js";
import { probability, range } from "../option-schemas.js";

export const brightnessOptions = z.strictObject({
  p: probability.default(0.15).describe("Probability that a patch is changed."),
  factor: range({ least: 0, most: 10 })
    .default([0.75, 1.25])
    .describe("Range of the factor; below and above 1 are drawn equally often."),
  about: z
    .enum(["black", "mean"])
    .default("black")
    .describe("What stays where it is: 0, or the channel's mean, as where nnU-Net standardises the channels before."),
  ...channelOptions({ pChannel: 1, channels: "apart" }),
});

export type BrightnessOptions = z.output<typeof brightnessOptions>;

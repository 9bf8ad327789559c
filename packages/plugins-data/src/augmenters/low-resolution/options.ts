import { z } from "@eosin/plugin-api/zod";
import { channelOptions } from "../channels/channel-options.js";
import { probability, range } from "../option-schemas.js";

export const lowResolutionOptions = z.strictObject({
  p: probability.default(0.25).describe("Probability that a patch is changed."),
  scale: range({ least: 0.01, most: 1 })
    .default([0.5, 1])
    .describe("Range of the lower resolution's factor: 0.5 keeps every second pixel of a row and of a column."),
  upsampling: z
    .enum(["bilinear", "cubic"])
    .default("bilinear")
    .describe(
      "How it comes back: bilinear as nnU-Net's version 2, or cubic as its version 1. Down, it is the nearest.",
    ),
  ...channelOptions({ pChannel: 0.5, channels: "apart" }),
});

export type LowResolutionOptions = z.output<typeof lowResolutionOptions>;

import { z } from "@eosin/plugin-api/zod";
import { channelOptions } from "../channels/channel-options.js";
import { probability, range } from "../option-schemas.js";

export const blurOptions = z.strictObject({
  p: probability.default(0.2).describe("Probability that a patch is changed."),
  sigma: range({ least: 0.1, most: 32 })
    .default([0.5, 1])
    .describe("Range of the Gaussian's standard deviation, in pixels."),
  axes: z
    .enum(["apart", "together"])
    .default("apart")
    .describe("Whether rows and columns draw their own sigma, or share one."),
  ...channelOptions({ pChannel: 0.5, channels: "apart" }),
});

export type BlurOptions = z.output<typeof blurOptions>;

import { z } from "@eosin/plugin-api/zod";
import { channelOptions } from "../channels/channel-options.js";
import { probability, range } from "../option-schemas.js";

export const contrastOptions = z.strictObject({
  p: probability.default(0.15).describe("Probability that a patch is changed."),
  factor: range({ least: 0, most: 10 })
    .default([0.75, 1.25])
    .describe("Range of the factor of the distance to the mean; below and above 1 are drawn equally often."),
  preserveRange: z
    .boolean()
    .default(true)
    .describe("Whether values stop at the least and the greatest that the channel had before; else at 0 and 255."),
  ...channelOptions({ pChannel: 1, channels: "apart" }),
});

export type ContrastOptions = z.output<typeof contrastOptions>;

import { z } from "@eosin/plugin-api/zod";
import { probability } from "../option-schemas.js";

/** How red, green and blue are chosen, as nnU-Net chooses channels. */
export function channelOptions(defaults: { readonly pChannel: number; readonly channels: "apart" | "together" }) {
  return {
    pChannel: probability.default(defaults.pChannel).describe("Probability of each channel, where a patch is changed."),
    channels: z
      .enum(["apart", "together"])
      .default(defaults.channels)
      .describe("Whether each channel draws its own amount, or all of them share one."),
  };
}

export interface ChannelChoice {
  readonly pChannel: number;
  readonly channels: "apart" | "together";
}

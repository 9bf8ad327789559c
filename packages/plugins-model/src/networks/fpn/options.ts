import { z } from "@eosin/plugin-api/zod";
import { encoderOptions, headOptions } from "../encoder-options.js";

/** Of the group normalisation in the segmentation blocks. */
export const GROUPS = 32;

export const fpnOptions = encoderOptions(
  {
    pyramidChannels: z.int().positive().max(4096).default(256).describe("Of the pyramid's features"),
    segmentationChannels: z
      .int()
      .positive()
      .max(4096)
      .multipleOf(GROUPS)
      .default(128)
      .describe(`Of the segmentation blocks, which normalise in ${GROUPS} groups: a multiple of that`),
    dropout: z
      .number()
      .min(0)
      .lt(1)
      .default(0.2)
      .describe("Probability, in training, that a channel before the head is 0"),
  },
  headOptions,
);

export type FpnOptions = z.output<typeof fpnOptions>;

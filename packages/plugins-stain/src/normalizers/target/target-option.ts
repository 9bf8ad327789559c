import { z } from "@eosin/plugin-api/zod";

/** The options that every normalizer with a target has. */
export const targetOptions = {
  target: z
    .string()
    .min(1)
    .optional()
    .describe(
      "A picture, or a .json of pipe stain --save-target, relative to the document; without it the training patch whose LAB median is nearest the overall one.",
    ),
  statistics: z
    .record(z.string(), z.json())
    .optional()
    .describe("A target's figures, as pipe stain --save-target writes them, in place of a file."),
};

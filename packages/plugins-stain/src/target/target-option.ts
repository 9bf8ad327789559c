import { z } from "@eosin/plugin-api/zod";

/** The options that every normalizer with a target has. */
export const targetOptions = {
  /**
   * A picture, or a target that `pipe stain --save-target` wrote (`.json`); relative to the document. Without it: the
   * training patch whose LAB median is nearest the overall one.
   */
  target: z.string().min(1).optional(),
  /** A target's figures, as `pipe stain --save-target` writes them, in place of a file. */
  statistics: z.record(z.string(), z.json()).optional(),
};

import { z } from "zod";

/** The option that every normalizer with a target has. */
export const targetOption = {
  /** A picture, relative to the document. Without it: the training patch whose LAB median is nearest the overall one. */
  target: z.string().min(1).optional(),
};

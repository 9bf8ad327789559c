import { z } from "../zod.js";

/** The text of an option as a whole number, 0 at least. */
export const wholeNumber = z
  .string()
  .refine((text) => text.trim() !== "" && Number.isSafeInteger(Number(text)) && Number(text) >= 0, {
    error: "Expected a whole number from 0.",
  })
  .transform(Number);

/** The text of an option as a whole number, 1 at least. */
export const positiveInteger = z
  .string()
  .refine((text) => Number.isInteger(Number(text)) && Number(text) >= 1, { error: "Expected a whole number from 1." })
  .transform(Number);

import { z } from "@eosin/plugin-api/zod";
import { unsuitableOption } from "../../estimation/unsuitable-option.js";

export const hedJitterOptions = z.object({
  p: z.number().min(0).max(1).default(1).describe("Probability that a patch is changed."),
  theta: z
    .number()
    .min(0)
    .max(1)
    .default(0.05)
    .describe("Half-width of the factor of each channel: 0.05 is light, 0.2 strong."),
  // In these units 1 is an optical density of 13.8, so that 0.05 halves or doubles the light.
  shift: z
    .number()
    .min(0)
    .max(1)
    .optional()
    .describe(
      "Half-width of what is added to each channel, theta unless given; 0.01 keeps a picture looking like H&E.",
    ),
  ...unsuitableOption,
});

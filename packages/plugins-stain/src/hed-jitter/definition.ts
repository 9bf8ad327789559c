import { defineAugmenter } from "@eosin/plugin-api/imaging";
import { z } from "zod";
import { unsuitableOption } from "../separation/unsuitable-option.js";

export const hedJitterOptions = z.object({
  p: z.number().min(0).max(1).default(1),
  /** Half-width of the factor of each channel: 0.05 is light, 0.2 strong. */
  theta: z.number().min(0).max(1).default(0.05),
  /**
   * Half-width of what is added to each channel; `theta` unless given. In these units (1 is an optical density of 13.8)
   * 0.05 halves or doubles the light: 0.01 keeps a picture looking like H&E.
   */
  shift: z.number().min(0).max(1).optional(),
  ...unsuitableOption,
});

export const hedJitter = defineAugmenter({
  type: "stain/hed-jitter",
  summary: "Scales and shifts haematoxylin, eosin and DAB densities (Tellez 2018).",
  options: hedJitterOptions,
  create: async (context) => (await import("./hed-jitter.js")).createHedJitter(context),
});

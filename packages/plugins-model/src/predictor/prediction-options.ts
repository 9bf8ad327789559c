import { z } from "@eosin/plugin-api/zod";
import { inputSize } from "../inputs/input-size.js";
import { DEFAULT_OVERLAP } from "./sample-views.js";

export const splitPart = z
  .enum(["train", "validation", "test"])
  .default("test")
  .describe("Part of the fold that is predicted.");

export const threshold = z
  .number()
  .gt(0)
  .lt(1)
  .default(0.5)
  .describe("Pixels with a greater probability are foreground.");

export const resolution = z
  .enum(["network", "original"])
  .default("network")
  .describe("Where masks are judged: at the size that the network sees, or at that of the image on file.");

export const hysteresis = z
  .number()
  .gt(0)
  .lt(1)
  .optional()
  .describe("A lower threshold: regions above it are foreground where any of their pixels is above `threshold`.");

export const presence = z
  .number()
  .gt(0)
  .lt(1)
  .optional()
  .describe(
    "An image has no foreground where the network is at most so sure that it has any, by its `imageLevelHead` or else by its surest pixels.",
  );

export const testStatistics = z
  .strictObject({
    by: z
      .string()
      .min(1)
      .default("domain")
      .describe("`domain`, or an attribute: images of one value share their statistics; a lone one keeps training's."),
    share: z.number().min(0).max(1).default(0.5).describe("Of their statistics; the rest is of training's."),
  })
  .optional()
  .describe("Takes the statistics of batch normalisation from the images that are predicted; without it training's.");

export const predictionWindow = z
  .strictObject({
    size: inputSize.optional().describe("Of the windows, in pixels at the scale; without it as the model was trained."),
    overlap: z
      .number()
      .min(0)
      .max(0.9)
      .default(DEFAULT_OVERLAP)
      .describe("Share of a window that the next one covers too, at least; logits are averaged with Gaussian weights."),
  })
  .optional()
  .describe("Windows by which images at a scale are predicted.");

export const domains = z.array(z.string()).min(1).optional().describe("Only samples of these domains.");

export const workers = z
  .int()
  .min(0)
  .max(64)
  .default(1)
  .describe("Threads that read images; results do not depend on it.");

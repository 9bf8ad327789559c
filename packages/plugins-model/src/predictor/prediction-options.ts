import { z } from "@eosin/plugin-api/zod";

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
  .describe("Where masks are judged: at the network's input size, or at that of the image on file.");

export const domains = z.array(z.string()).min(1).optional().describe("Only samples of these domains.");

export const workers = z
  .int()
  .min(0)
  .max(64)
  .default(1)
  .describe("Threads that read images; results do not depend on it.");

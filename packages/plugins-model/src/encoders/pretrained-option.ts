import { z } from "@eosin/plugin-api/zod";

export const pretrained = z
  .enum(["none", "imagenet"])
  .default("none")
  .describe("Initial weights of the encoder: drawn, or the published ImageNet ones (pipe weights fetch, or add)");

import { z } from "@eosin/plugin-api/zod";
import { encoderNames } from "./encoder-names.js";

/** Options that both U-Nets share. */
export const encoderOptions = {
  encoder: z.enum(encoderNames).default("efficientnet-b7").describe("B0…B7, or a small one that trains from scratch"),
  decoderChannels: z
    .array(z.int().positive().max(4096))
    .length(5)
    .optional()
    .describe("Of the five decoder blocks; 256, 128, 64, 32, 16, with the tiny encoder 64, 48, 32, 16, 16"),
  dropConnect: z
    .number()
    .min(0)
    .lt(1)
    .optional()
    .describe("Drop-connect of the encoder's last residual block, growing from 0 at the first; 0.2, with tiny 0"),
  pretrained: z
    .enum(["none", "imagenet"])
    .default("none")
    .describe("Initial weights of the encoder: drawn, or the published ImageNet ones (pipe weights fetch)"),
  weights: z
    .string()
    .min(1)
    .optional()
    .describe("Instead, a file of the encoder's or the whole network's initial weights: .safetensors or .pth"),
};

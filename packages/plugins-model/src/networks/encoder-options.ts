import { component, encoderKind } from "@eosin/plugin-api";
import { z } from "@eosin/plugin-api/zod";
import { pretrained } from "../encoders/pretrained-option.js";
import { encoderNames } from "./encoder-names.js";

const encoder = {
  encoder: z
    .union([z.enum(encoderNames), component(encoderKind)])
    .default("efficientnet-b7")
    .describe(
      "EfficientNet B0…B7 or Lite0…Lite4, ResNet, a small one that trains from scratch, or any other: { uses, with }",
    ),
};

/** Options of decoders whose blocks double the size. */
export const blockOptions = {
  decoderChannels: z
    .array(z.int().positive().max(4096))
    .min(1)
    .max(10)
    .optional()
    .describe(
      "Of the decoder's blocks, as many as the encoder halves the image (less those that outputStride leaves out); of EfficientNets and ResNets 256, 128, 64, 32, 16, of the tiny encoder 64, 48, 32, 16, 16",
    ),
  outputStride: z
    .literal([1, 2, 4])
    .optional()
    .describe(
      "The decoder ends at the image's size divided by this, and what the network gives is enlarged bilinearly: 2 saves a sixth of a training step's work, and with half the decoderChannels almost two thirds; 1 unless set",
    ),
};

/** Options of what stands beside the decoder. */
export const headOptions = {
  imageLevelHead: z
    .boolean()
    .optional()
    .describe(
      "A further output, whether the patch holds any tumour, from the encoder's deepest feature (for model/image-level-auxiliary)",
    ),
};

const start = {
  dropConnect: z
    .number()
    .min(0)
    .lt(1)
    .optional()
    .describe(
      "Drop-connect of the encoder's last residual block, growing from 0 at the first; of EfficientNets 0.2, else 0",
    ),
  pretrained,
  weights: z
    .string()
    .min(1)
    .optional()
    .describe("Instead, a file of the encoder's or the whole network's initial weights: .safetensors or .pth"),
};

/** What belongs to the options of an encoder that is a component. */
const ofEncoder = ["dropConnect", "pretrained"] as const;

/** Options of a network on an encoder. @param decoder Those of its decoder. @param more Its own beside them. */
export function encoderOptions<Decoder extends z.ZodRawShape, More extends z.ZodRawShape>(
  decoder: Decoder,
  more: More,
) {
  return z.strictObject({ ...encoder, ...decoder, ...start, ...more }).superRefine((options, context) => {
    const { encoder, ...others } = options as EncoderOptions;
    if (typeof encoder === "string") return;
    for (const name of ofEncoder) {
      if (others[name] === undefined || others[name] === "none") continue;
      context.addIssue({
        code: "custom",
        path: [name],
        message: `belongs to the encoder: encoder: { uses: ${encoder.uses}, with: { ${name}: … } }`,
      });
    }
  });
}

export type EncoderOptions = z.output<z.ZodObject<typeof encoder & typeof start>>;

export type HeadOptions = z.output<z.ZodObject<typeof headOptions>>;

export type BlockOptions = z.output<z.ZodObject<typeof blockOptions>>;

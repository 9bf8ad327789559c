import { z } from "@eosin/plugin-api/zod";

/** Options that nnU-Net's two networks share. */
export const stageOptions = {
  patch: z
    .int()
    .min(8)
    .max(8192)
    .default(512)
    .describe(
      "Pixels of the shorter side of the patches that it is trained on, which give the stages: halved while 4 or more pixels are left",
    ),
  stages: z
    .int()
    .min(2)
    .max(10)
    .optional()
    .describe("Instead, how many stages there are: the image is halved one time less"),
  features: z
    .int()
    .positive()
    .max(512)
    .default(32)
    .describe("Channels of the first stage; each further one has twice as many"),
  maxFeatures: z.int().positive().max(4096).default(512).describe("What no stage has more channels than"),
  supervision: z
    .int()
    .min(0)
    .max(8)
    .optional()
    .describe(
      "Outputs below the full size, mask/2, mask/4, …, that a loss model/deep-supervision judges; all but the coarsest unless set, as nnU-Net does",
    ),
  weights: z
    .string()
    .min(1)
    .optional()
    .describe(
      "A file of the network's initial weights, under the names of dynamic_network_architectures: .safetensors or .pth",
    ),
};

export type StageOptions = z.output<z.ZodObject<typeof stageOptions>>;

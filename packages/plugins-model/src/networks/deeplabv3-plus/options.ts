import { z } from "@eosin/plugin-api/zod";
import { encoderOptions, headOptions } from "../encoder-options.js";

export const deeplabv3PlusOptions = encoderOptions(
  {
    atrousRates: z
      .array(z.int().min(1).max(64))
      .min(1)
      .max(6)
      .optional()
      .describe(
        "Pixels of the deepest feature from one tap of the pyramid's 3×3 convolutions to the next, one branch a rate; unless set 6, 12, 18 where that feature's stride is 16, twice as much at 8, half at 32",
      ),
    channels: z.int().positive().max(4096).default(256).describe("Of each branch of the pyramid and of the decoder"),
    separable: z
      .boolean()
      .default(true)
      .describe("The pyramid's 3×3 convolutions are depthwise ones, followed by 1×1 ones"),
    dropout: z
      .number()
      .min(0)
      .lt(1)
      .default(0.5)
      .describe("Probability, in training, that a value behind the pyramid is 0"),
  },
  headOptions,
);

export type Deeplabv3PlusOptions = z.output<typeof deeplabv3PlusOptions>;

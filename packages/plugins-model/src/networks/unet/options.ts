import { z } from "@eosin/plugin-api/zod";
import { encoderOptions } from "../encoder-options.js";

export const unetOptions = encoderOptions({
  imageLevelHead: z
    .boolean()
    .optional()
    .describe(
      "A further output, whether the patch holds any tumour, from the encoder's deepest feature (for model/image-level-auxiliary)",
    ),
});

export type UnetOptions = z.output<typeof unetOptions>;

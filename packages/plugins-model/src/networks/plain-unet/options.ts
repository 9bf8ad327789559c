import { z } from "@eosin/plugin-api/zod";
import { stageOptions } from "../stage-options.js";

export const plainUnetOptions = z.strictObject({
  ...stageOptions,
  convolutions: z.int().min(1).max(8).default(2).describe("3×3 convolutions of each stage, on the way down and up"),
});

export type PlainUnetOptions = z.output<typeof plainUnetOptions>;

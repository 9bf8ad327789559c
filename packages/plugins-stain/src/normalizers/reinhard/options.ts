import { z } from "@eosin/plugin-api/zod";
import { unsuitableOption } from "../../estimation/unsuitable-option.js";
import { targetOptions } from "../target/target-option.js";

export const reinhardOptions = z.object({
  ...targetOptions,
  ...unsuitableOption,
  lab: z
    .enum(["8-bit", "float"])
    .default("8-bit")
    .describe("OpenCV's 8-bit LAB, truncated (StainTools, TIAToolbox), or LAB in real numbers (torchstain)."),
});

import { z } from "@eosin/plugin-api/zod";
import { unsuitableOption } from "../../estimation/unsuitable-option.js";

export const densityTargetsOptions = z.object({
  /** Here `pass` measures with the reference vectors of Ruifrok & Johnston: a batch needs a target for every sample. */
  unsuitable: unsuitableOption.unsuitable.describe(
    "A patch without stains of its own is measured with reference vectors, warned of once and counted in the report, or stops.",
  ),
});

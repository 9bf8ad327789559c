import type { PlannedInputs, RefusedSetting } from "@eosin/plugin-api";
import { resolveInputSize } from "../../inputs/input-size.js";
import { batchFault } from "../../inputs/size-faults.js";
import { checkPart } from "../../predictor/check-part.js";
import { plannedSplit } from "../../splits/open-split.js";
import { splitFaults } from "../../splits/split-faults.js";
import type { BaselineOptions } from "./options.js";

/** What a baseline would refuse. @param learns `fitted`: it needs training samples. */
export async function checkBaseline(
  options: BaselineOptions,
  inputs: PlannedInputs,
  learns?: "fitted",
): Promise<readonly RefusedSetting[]> {
  const tooLarge = batchFault(resolveInputSize(options.size), 1);
  const { split } = plannedSplit(inputs, options.split);
  return [
    ...(tooLarge ? [tooLarge] : []),
    ...(await checkPart(options, inputs)),
    ...(split && learns ? splitFaults(split, {}) : []),
  ];
}

import type { PlannedInputs, RefusedSetting } from "@eosin/plugin-api";
import { checkPart } from "../evaluator/check-part.js";
import { resolveInputSize } from "../trainer/input-size.js";
import { plannedSplit } from "../trainer/open-split.js";
import { batchFault } from "../trainer/size-faults.js";
import { splitFaults } from "../trainer/split-faults.js";
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

import { type ArtifactHandle, isEosinError, type PlannedInputs, type RefusedSetting } from "@eosin/plugin-api";
import type { Split, SplitPart } from "@eosin/plugin-api/imaging";
import { plannedSplit } from "../splits/open-split.js";
import { chosenIds } from "./chosen-ids.js";

export interface PartOptions {
  readonly split: ArtifactHandle<Split>;
  readonly part: SplitPart;
  readonly domains?: readonly string[];
}

/** What an evaluator would refuse of the part of the split that it is to predict. */
export async function checkPart(options: PartOptions, inputs: PlannedInputs): Promise<readonly RefusedSetting[]> {
  const { split, faults } = plannedSplit(inputs, options.split);
  return split ? partFaults(split, options) : faults;
}

function partFaults(split: Split, { part, domains }: PartOptions): readonly RefusedSetting[] {
  try {
    chosenIds(split, part, domains);
    return [];
  } catch (error) {
    if (!isEosinError(error)) throw error;
    const option = error.code === "UNKNOWN_DOMAIN" ? ["domains"] : ["part"];
    return [{ ...error, message: error.message, option }];
  }
}

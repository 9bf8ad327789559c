import {
  type ComponentContext,
  type ComponentSpec,
  isEosinError,
  type PlannedInputs,
  type RefusedSetting,
} from "@eosin/plugin-api";
import { resolveInputSize } from "../../inputs/input-size.js";
import { batchFault, strideFault } from "../../inputs/size-faults.js";
import { turnFaults } from "../../inputs/turn-faults.js";
import { plannedSplit } from "../../splits/open-split.js";
import { splitFaults } from "../../splits/split-faults.js";
import { densityFaults } from "./density-faults.js";
import { missingOutput } from "./missing-output.js";
import type { TrainerOptions } from "./options.js";
import { balanceFaults, windowFaults } from "./sampling-faults.js";
import { unpublishedWeights, weightFaults } from "./weight-faults.js";

/** The trainer's `check`: what would only stop it once it runs. */
export async function checkTrainer(
  context: ComponentContext<TrainerOptions>,
  inputs: PlannedInputs,
): Promise<readonly RefusedSetting[]> {
  const { options } = context;
  const size = resolveInputSize(options.size);
  const tooLarge = batchFault(size, options.batch);
  const { part: network, faults: ofNetwork } = await built(context, options.network, "network");
  const { part: loss, faults: ofLoss } = await built(context, options.loss, "loss");
  const traits = network?.traits;
  const missing = traits && loss && missingOutput(loss, traits.outputs);
  const stride = traits && strideFault(size, traits.stride);
  const { split, faults } = plannedSplit(inputs, options.split);
  return [
    ...ofNetwork,
    ...ofLoss,
    ...(stride ? [stride] : []),
    ...(tooLarge ? [tooLarge] : []),
    ...windowFaults(options),
    ...(missing ? [missing] : []),
    ...(await turnFaults(context, options.augment, size)),
    ...(network ? unpublishedWeights(network) : []),
    ...faults,
    // Files are looked at where data is.
    ...(split
      ? [
          ...splitFaults(split, options),
          ...balanceFaults(split, options),
          ...(network ? await weightFaults(context, options, network) : []),
        ]
      : []),
    ...(loss && !missing ? await densityFaults(context, loss, traits, split) : []),
  ];
}

/** Creates a component, or says why that is refused. */
async function built<Part>(
  { create }: Pick<ComponentContext<TrainerOptions>, "create">,
  spec: ComponentSpec<Part>,
  option: "network" | "loss",
): Promise<{ readonly part?: Part; readonly faults: readonly RefusedSetting[] }> {
  try {
    return { part: await create(spec), faults: [] };
  } catch (error) {
    if (!isEosinError(error)) throw error;
    return { faults: [{ ...error, message: error.message, option: [option] }] };
  }
}

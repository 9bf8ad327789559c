import type { ComponentContext, ComponentSpec, PlannedInputs, RefusedSetting } from "@eosin/plugin-api";
import { resolveInputSize } from "../../inputs/input-size.js";
import { batchFault, strideFault } from "../../inputs/size-faults.js";
import { turnFaults } from "../../inputs/turn-faults.js";
import { plannedSplit } from "../../splits/open-split.js";
import { splitFaults } from "../../splits/split-faults.js";
import { densityFaults } from "./density-faults.js";
import { missingOutput } from "./missing-output.js";
import type { TrainerOptions } from "./options.js";
import { unpublishedWeights, weightFaults } from "./weight-faults.js";

/** The trainer's `check`: what would only stop it once it runs. */
export async function checkTrainer(
  context: ComponentContext<TrainerOptions>,
  inputs: PlannedInputs,
): Promise<readonly RefusedSetting[]> {
  const { options } = context;
  const size = resolveInputSize(options.size);
  const tooLarge = batchFault(size, options.batch);
  const traits = (await built(context, options.network))?.traits;
  const loss = await built(context, options.loss);
  const missing = traits && loss && missingOutput(loss, traits.outputs);
  const stride = traits && strideFault(size, traits.stride);
  const { split, faults } = plannedSplit(inputs, options.split);
  return [
    ...(stride ? [stride] : []),
    ...(tooLarge ? [tooLarge] : []),
    ...(missing ? [missing] : []),
    ...(await turnFaults(context, options.augment, size)),
    ...unpublishedWeights(options),
    ...faults,
    // Files are looked at where data is.
    ...(split ? [...splitFaults(split, options), ...(await weightFaults(context, options))] : []),
    ...(loss && !missing ? await densityFaults(context, loss, traits, split) : []),
  ];
}

/** Undefined where it cannot be built: the training tells why, and of which component that is a fault. */
function built<Part>(context: ComponentContext<TrainerOptions>, spec: ComponentSpec<Part>): Promise<Part | undefined> {
  return context.create(spec).catch(() => undefined);
}

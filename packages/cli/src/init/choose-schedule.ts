import type { EngineIdentity } from "@eosin/plugin-api/learning";
import { isGpu } from "@eosin/plugin-api/learning";
import { formatBytes } from "@eosin/support/format-bytes";
import { formatFlops } from "@eosin/support/format-flops";
import type { Schedule, Stated } from "./recipe.js";
import { trainingSpeed } from "./training-speed.js";

/** What a training step on one batch needs. */
export interface StepCost {
  readonly batch: number;
  readonly flops: number;
  readonly peakBytes: number;
}

/** Seconds that the training of a fold is to take. */
const budget = 3600;
/** Windows of a patch; cosas-best.yaml draws about as many of each. */
const mostVisits = 200;
/** Steps: a network learns little from fewer, and the recipe has hardly more on a GPU. */
const [fewestSteps, mostSteps] = [200, 15_000];
/** Batches of an epoch, where there are neither few epochs nor many. */
const usualBatches = 60;

/** The batch that is tried first. */
export function usualBatch({ device }: EngineIdentity): number {
  return isGpu(device) ? 16 : 8;
}

/**
 * @param cost Of a step with the batch that was settled on.
 * @param patches Patches that train in a fold.
 */
export function chooseSchedule(cost: StepCost, patches: number, memoryBytes: number, engine: EngineIdentity): Schedule {
  const speed = trainingSpeed(engine);
  const stepSeconds = cost.flops / speed.flops;
  const inTime = budget / stepSeconds;
  const inVisits = (mostVisits * patches) / cost.batch;
  const wanted = Math.round(Math.max(fewestSteps, Math.min(mostSteps, inTime, inVisits)));
  const epochs = Math.min(isGpu(engine.device) ? 60 : 40, Math.max(10, Math.round(wanted / usualBatches)));
  const batches = Math.max(1, Math.round(wanted / epochs));
  const steps = epochs * batches;
  const seconds = steps * stepSeconds;
  const limit =
    wanted === fewestSteps
      ? `less than ${fewestSteps} steps teach little`
      : wanted === mostSteps
        ? `${mostSteps} steps are enough, as in cosas-lite0.yaml`
        : inVisits < inTime
          ? `by then each of the ${Math.round(patches)} patches that train gave about ${mostVisits} windows, as in cosas-best.yaml`
          : "about an hour a fold";
  return {
    batch: batchOf(cost, memoryBytes, engine),
    epochs: { value: epochs, why: "each ends with a look at the validation patches and a checkpoint" },
    batches: {
      value: batches,
      why:
        `an epoch, ${steps} steps in all: ${limit}. A step is ${formatFlops(cost.flops)}, and ${aboutMinutes(seconds)} ` +
        `are estimated for a fold at ${Math.round(speed.flops / 1e9)} GFLOP/s (${speed.source}). Twice the batches take twice the time`,
    },
    average: averageOf(steps),
    steps,
    seconds,
  };
}

function batchOf({ batch, peakBytes }: StepCost, memoryBytes: number, engine: EngineIdentity): Stated<number> {
  const needs = `a step on ${batch} windows needs ${formatBytes(peakBytes)} of tensors`;
  if (isGpu(engine.device)) {
    return { value: batch, why: `${needs}; what the GPU does not hold at once passes it in parts` };
  }
  const usual = batch === usualBatch(engine) ? "" : `; ${usualBatch(engine)} would need more than half of it`;
  return { value: batch, why: `${needs}, this machine has ${formatBytes(memoryBytes)}${usual}` };
}

/** The weights of about a tenth of the training are averaged, as in cosas-lite0.yaml. */
function averageOf(steps: number): Stated<number> {
  const value = Math.min(0.999, Math.max(0.9, Math.round(1000 * (1 - 10 / steps)) / 1000));
  return {
    value,
    why: `a moving average of the weights predicts: over about the last ${Math.round(1 / (1 - value))} steps`,
  };
}

/** No more exact than an estimate is: `34 min`, `1 h 5 min`. */
export function aboutMinutes(seconds: number): string {
  const minutes = Math.max(1, Math.round(seconds / 60));
  return minutes < 60 ? `${minutes} min` : `${Math.floor(minutes / 60)} h ${minutes % 60} min`;
}

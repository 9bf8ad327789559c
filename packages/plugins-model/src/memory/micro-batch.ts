import { EosinError } from "@eosin/plugin-api";
import type { StepCost } from "@eosin/plugin-api/learning";
import { formatBytes } from "@eosin/support/format-bytes";
import type { MemoryBudget } from "./memory-budget.js";

/** How a batch passes the network. */
export interface BatchPlan {
  /** Samples that pass at once; the last pass of a batch may have fewer. */
  readonly microBatch: number;
  readonly passes: number;
  /** Of one pass, gradients of earlier ones included. */
  readonly cost: StepCost;
}

export type MeasureStep = (samples: number, accumulates: boolean) => Promise<StepCost>;

/**
 * The whole batch where it fits, else the fewest passes of even size that do.
 * @param how `what` passes, for messages; `asked`: the micro-batch that the user wants, which is then only checked.
 * @throws EosinError `OUT_OF_MEMORY` where not even one sample (or the micro-batch asked for) fits.
 */
export async function planBatch(
  measure: MeasureStep,
  batch: number,
  budget: MemoryBudget,
  { what, asked }: { readonly what: string; readonly asked?: number },
): Promise<BatchPlan> {
  const evenly = async (largest: number): Promise<BatchPlan> => {
    const passes = Math.ceil(batch / largest);
    const microBatch = asked === undefined ? Math.ceil(batch / passes) : largest;
    return { microBatch, passes, cost: await measure(microBatch, passes > 1) };
  };
  const first = await evenly(Math.min(batch, asked ?? batch));
  if (first.cost.peakBytes <= budget.bytes) return first;
  const smallest = asked === undefined && batch > 1 ? await evenly(1) : first;
  if (smallest.cost.peakBytes > budget.bytes) throw doesNotFit(what, smallest, budget);
  let fits = 1;
  let tooLarge = batch;
  while (tooLarge - fits > 1) {
    const middle = (fits + tooLarge) >> 1;
    if ((await measure(middle, true)).peakBytes <= budget.bytes) fits = middle;
    else tooLarge = middle;
  }
  return evenly(fits);
}

function doesNotFit(what: string, { microBatch, cost }: BatchPlan, budget: MemoryBudget): EosinError {
  const samples = microBatch === 1 ? "one sample" : `${microBatch} samples`;
  return new EosinError({
    code: "OUT_OF_MEMORY",
    message: `A ${what} of ${samples} does not fit into the memory.`,
    expected: `at most ${formatBytes(budget.bytes)} (${budget.of})`,
    found: `${formatBytes(cost.peakBytes)} needed`,
    next:
      microBatch === 1
        ? "Use a smaller size or network, or an engine with more memory (`pipe doctor` lists them)."
        : "Leave out microBatch, so that it is chosen to fit, or use a smaller one.",
  });
}

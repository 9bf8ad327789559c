import type { ComponentContext, StepContext } from "@eosin/plugin-api";
import type { EngineProvider, Loss, NetworkFactory, Optimizer } from "@eosin/plugin-api/learning";
import { formatBytes } from "@eosin/support/format-bytes";
import { formatFlops } from "@eosin/support/format-flops";
import { resolveInputSize } from "../../inputs/input-size.js";
import type { RandomFeeds } from "../../inputs/random-feeds.js";
import { engineOf } from "../../memory/engine-of.js";
import { type MemoryBudget, memoryBudget } from "../../memory/memory-budget.js";
import { type BatchPlan, type MeasureStep, planBatch } from "../../memory/micro-batch.js";
import type { TrainerOptions } from "./options.js";
import { rebuiltFactory } from "./rebuilt.js";
import { StepMeter } from "./step-meter.js";

export interface StepPlan {
  readonly batch: BatchPlan;
  /** The random tensors that the network asks for. */
  readonly random: RandomFeeds;
  /** That the network's densities tell apart, where it gives any and the loss compares them. */
  readonly stains?: number;
}

/**
 * Measures the training step on shapes, decides how a batch passes the network, and says so. Open the engine that
 * computes afterwards: tfjs has one current back end a process.
 * @throws EosinError `OUT_OF_MEMORY`, `SIZE_NOT_MULTIPLE`, `LOSS_NEEDS_OUTPUT`.
 */
export async function planStep(
  context: ComponentContext<TrainerOptions>,
  step: StepContext,
  provider: EngineProvider,
  parts: { readonly factory: NetworkFactory; readonly loss: Loss; readonly optimizer: Optimizer },
): Promise<StepPlan> {
  const { options } = context;
  const { identity, memoryLimitBytes } = await provider.open(engineOf(step));
  const budget = memoryBudget(identity, memoryLimitBytes);
  const { loss, optimizer } = parts;
  const factory = await rebuiltFactory(context.create, options.network, parts.factory);
  const { clipNorm, average } = options;
  const size = resolveInputSize(options.size);
  const meter = await StepMeter.open(provider, { factory, loss, optimizer, size, clipNorm, average });
  try {
    const measure: MeasureStep = (...of) => meter.measure(...of);
    const batch = await planBatch(measure, options.batch, budget, { what: "training step", asked: options.microBatch });
    sayPlan(step, options.batch, batch, budget, loss);
    return { batch, random: meter.random, stains: meter.stains };
  } finally {
    meter.close();
  }
}

function sayPlan(
  { log }: StepContext,
  samples: number,
  { cost, passes, microBatch }: BatchPlan,
  budget: MemoryBudget,
  loss: Loss,
): void {
  log.info(
    `A training step on ${samples} samples needs ${formatBytes(cost.peakBytes)} of tensors (at most ` +
      `${formatBytes(budget.bytes)} for ${budget.of}) and ${formatFlops(cost.flops * passes)}.`,
  );
  if (passes === 1) return;
  const split = `Batches of ${samples} pass the network as micro-batches of ${microBatch}`;
  if (loss.batchCoupled) log.warn(`${split}: the loss is then taken over each of these, not over the whole batch.`);
  else log.info(`${split}; the loss is a mean over samples, so this changes nothing in it.`);
}

import type { ComponentContext, CostEstimate } from "@eosin/plugin-api";
import {
  type EngineProvider,
  engineProvider,
  type Loss,
  type NetworkFactory,
  type Optimizer,
} from "@eosin/plugin-api/learning";
import { countParameters } from "../networks/count-parameters.js";
import type { TrainerOptions } from "./definition.js";
import { withoutInitialWeights } from "./initial-weights.js";
import { resolveInputSize } from "./input-size.js";
import { formatBytes } from "./memory-budget.js";
import { type MeteredStep, StepMeter } from "./step-meter.js";

export interface TrainingEstimate {
  readonly title: string;
  /** All parameters, running statistics of batch normalisation not counted. */
  readonly parameters: number;
  /** Bytes of tensors at the peak of one step on the whole batch. */
  readonly peakBytes: number;
  /** The same where samples pass the network one by one. */
  readonly peakBytesOneSample: number;
  /** Operations of one optimizer step; a multiply-add counts as two. */
  readonly flops: number;
}

/** What one training step on `batch` samples costs, measured by running it on shapes alone. */
export async function estimateTraining(
  provider: EngineProvider,
  step: MeteredStep,
  batch: number,
): Promise<TrainingEstimate> {
  const meter = await StepMeter.open(provider, step);
  try {
    const whole = await meter.measure(batch, false);
    const single = batch === 1 ? whole : await meter.measure(1, true);
    return {
      title: step.factory.title,
      parameters: countParameters(meter.network),
      peakBytes: whole.peakBytes,
      peakBytesOneSample: single.peakBytes,
      flops: whole.flops,
    };
  } finally {
    meter.close();
  }
}

/** The trainer's `estimate`: what `pipe plan` prints of it. */
export async function estimateForPlan(context: ComponentContext<TrainerOptions>): Promise<CostEstimate> {
  const { options } = context;
  const step = {
    factory: await context.create<NetworkFactory>(withoutInitialWeights(options.network)),
    loss: await context.create<Loss>(options.loss),
    optimizer: await context.create<Optimizer>(options.optimizer),
    size: resolveInputSize(options.size),
  };
  const passes = options.microBatch ?? options.batch;
  const estimate = await estimateTraining(await context.services.get(engineProvider), step, passes);
  const remarks = [`${estimate.title}: ${estimate.parameters.toLocaleString("en")} parameters`];
  if (passes > 1) {
    remarks.push(`a batch in micro-batches of one sample would need ${formatBytes(estimate.peakBytesOneSample)}`);
    if (step.loss.batchCoupled) remarks.push("micro-batches change this loss: it is taken over the whole batch");
  }
  return { peakBytes: estimate.peakBytes, flops: estimate.flops, unit: `training step on ${passes} samples`, remarks };
}

import type { ComponentContext, CostEstimate } from "@eosin/plugin-api";
import {
  type EngineIdentity,
  type EngineProvider,
  engineProvider,
  isGpu,
  type Loss,
  type NetworkFactory,
} from "@eosin/plugin-api/learning";
import { formatBytes } from "@eosin/support/format-bytes";
import { resolveInputSize, resolveScale } from "../../inputs/input-size.js";
import { type MemoryBudget, memoryBudget } from "../../memory/memory-budget.js";
import { countParameters } from "../../networks/count-parameters.js";
import { plannedSizeRemarks } from "../../splits/planned-size-remark.js";
import type { TrainerOptions } from "./options.js";
import { rebuiltFactory, rebuiltSpec } from "./rebuilt.js";
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
export async function estimateForPlan(
  context: ComponentContext<TrainerOptions>,
  identity: EngineIdentity | undefined,
): Promise<CostEstimate> {
  const { options } = context;
  const asked = await context.create(options.network);
  const step = {
    factory: await rebuiltFactory(context.create, options.network, asked),
    loss: await context.create(options.loss),
    optimizer: await context.create(options.optimizer),
    size: resolveInputSize(options.size),
    clipNorm: options.clipNorm,
    average: options.average,
  };
  const passes = options.microBatch ?? options.batch;
  const provider = await context.services.get(engineProvider);
  const cost = costIdentity(options, asked, step.loss, identity);
  const estimate = await measuredOnce(cost, () => estimateTraining(provider, step, passes));
  const remarks = [`${estimate.title}: ${estimate.parameters.toLocaleString("en")} parameters`];
  if (passes > 1) {
    remarks.push(`in micro-batches of one sample it would need ${formatBytes(estimate.peakBytesOneSample)}`);
  }
  const budget = identity && (await budgetOf(provider, identity));
  if (budget) remarks.push(...limitRemarks(estimate, budget, step.loss, options.microBatch));
  const missing = asked.initialWeights?.missing?.error;
  if (missing) remarks.push([missing.message, missing.next].filter((each) => each !== undefined).join(" "));
  const seen = { size: step.size, scale: resolveScale(options.scale) };
  if (context.inputs) remarks.push(...plannedSizeRemarks(context.inputs, options.split, seen));
  return {
    peakBytes: estimate.peakBytes,
    ...(budget && { memoryBytes: isGpu(identity.device) ? 0 : filledBytes(estimate, budget, options.microBatch) }),
    flops: estimate.flops,
    unit: `training step on ${passes} samples`,
    remarks,
  };
}

/** What training fills of the memory that it may take: a batch that does not fit is split, into parts that may fill it all. */
function filledBytes(
  { peakBytes, peakBytesOneSample }: TrainingEstimate,
  budget: MemoryBudget,
  microBatch: number | undefined,
): number {
  if (peakBytes <= budget.bytes || microBatch !== undefined) return peakBytes;
  return Math.max(budget.bytes, peakBytesOneSample);
}

const measured = new Map<string, Promise<TrainingEstimate>>();

/** The points of a sweep over a loss weight cost the same, and each measurement takes a tenth of a second. */
function measuredOnce(key: string, measure: () => Promise<TrainingEstimate>): Promise<TrainingEstimate> {
  const known = measured.get(key) ?? measure();
  measured.set(key, known);
  return known;
}

/** What a step's cost depends on. */
function costIdentity(
  options: TrainerOptions,
  factory: NetworkFactory,
  { costKey }: Loss,
  identity: EngineIdentity | undefined,
): string {
  const { size, batch, microBatch, network, loss, optimizer, average, clipNorm } = options;
  const ofLoss = costKey === undefined ? loss : [loss.uses, costKey];
  const step = [rebuiltSpec(network, factory), optimizer, ofLoss, average?.kind, clipNorm !== undefined];
  return JSON.stringify([size, microBatch ?? batch, step, identity]);
}

async function budgetOf(provider: EngineProvider, identity: EngineIdentity): Promise<MemoryBudget> {
  return memoryBudget(identity, (await provider.open(identity)).memoryLimitBytes);
}

function limitRemarks(
  estimate: TrainingEstimate,
  budget: MemoryBudget,
  loss: Loss,
  microBatch: number | undefined,
): string[] {
  if (estimate.peakBytes <= budget.bytes) return [];
  const offer = `${budget.of} offers ${formatBytes(budget.bytes)}`;
  if (estimate.peakBytesOneSample > budget.bytes) {
    return [`${offer}: not even one sample fits. Another engine, a smaller size or a smaller encoder is needed.`];
  }
  if (microBatch !== undefined) {
    return [`${offer}: micro-batches of ${microBatch} do not fit. Leave microBatch out, or use a smaller one.`];
  }
  return [
    `${offer}: batches are split into micro-batches`,
    ...(loss.batchCoupled ? ["micro-batches change this loss: it is taken over the whole batch"] : []),
  ];
}

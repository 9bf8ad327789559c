import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Handle } from "./addon.js";
import type { KernelContext } from "./kernels/kernel.js";

export interface StatisticsUpdate {
  readonly runningMean: TensorInfo;
  readonly runningVariance: TensorInfo;
  readonly mean: TensorInfo;
  /** Biased. */
  readonly variance: TensorInfo;
  readonly momentum: number;
  /** Values that each statistic was taken over. */
  readonly count: number;
}

/**
 * running += momentum·(batch − running) for all at once, the variance scaled by count/(count − 1) first; in place. Updates
 * of the same statistics are made one behind the other. The caller sees to it that nothing shares the data of what is written.
 */
export function moveStatistics(context: KernelContext, updates: readonly StatisticsUpdate[]): void {
  for (const round of withoutRepetition(updates)) moveOnce(context, round);
}

function moveOnce({ torch, backend }: KernelContext, updates: readonly StatisticsUpdate[]): void {
  const values = (name: "runningMean" | "runningVariance" | "mean" | "variance") =>
    updates.map(({ [name]: tensor }) => backend.value(tensor));
  const momenta = updates.map(({ momentum }) => momentum);
  const corrections = updates.map(({ count }) => count / Math.max(1, count - 1));
  const running = [values("runningMean"), values("runningVariance")];
  const [means, variances] = [values("mean"), values("variance")];
  if (torch.fused) {
    torch.calls("eosin::running_statistics_", ...running, means, variances, momenta, corrections);
    return;
  }
  const unbiased = torch.calls("_foreach_mul.ScalarList", variances, corrections);
  const moved = running.flat();
  const ways: readonly Handle[] = torch.calls("_foreach_sub.List", [...means, ...unbiased], moved);
  torch.calls("_foreach_mul_.ScalarList", ways, [...momenta, ...momenta]);
  torch.calls("_foreach_add_.List", moved, ways);
}

/** In their order, in as few groups as there are updates of one and the same statistic. */
function withoutRepetition(updates: readonly StatisticsUpdate[]): readonly (readonly StatisticsUpdate[])[] {
  const rounds: StatisticsUpdate[][] = [];
  const seen = new Map<TensorInfo, number>();
  for (const update of updates) {
    const round = seen.get(update.runningMean) ?? 0;
    seen.set(update.runningMean, round + 1);
    rounds[round] ??= [];
    rounds[round].push(update);
  }
  return rounds;
}

import type { StatisticsMove } from "@eosin/engine-kit";
import type { TensorInfo } from "@tensorflow/tfjs-core";
import type { Handle } from "./addon.js";
import type { KernelContext } from "./kernels/kernel.js";

/**
 * running += momentum·(batch − running) for all at once, the variance scaled by count/(count − 1) first; in place. Moves
 * of the same statistics are made one behind the other. The caller sees to it that nothing shares the data of what is written.
 */
export function moveStatistics(context: KernelContext, moves: readonly StatisticsMove[]): void {
  for (const round of withoutRepetition(moves)) moveOnce(context, round);
}

function moveOnce({ torch, backend }: KernelContext, moves: readonly StatisticsMove[]): void {
  const values = (of: (move: StatisticsMove) => TensorInfo) => moves.map((move) => backend.value(of(move)));
  const momenta = moves.map(({ momentum }) => momentum);
  const corrections = moves.map(({ count }) => count / Math.max(1, count - 1));
  const running = [
    values(({ variables }) => variables.runningMean),
    values(({ variables }) => variables.runningVariance),
  ];
  const [means, variances] = [values(({ mean }) => mean), values(({ variance }) => variance)];
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

/** In their order, in as few groups as there are moves of one and the same statistic. */
function withoutRepetition(moves: readonly StatisticsMove[]): readonly (readonly StatisticsMove[])[] {
  const rounds: StatisticsMove[][] = [];
  const seen = new Map<TensorInfo, number>();
  for (const move of moves) {
    const { runningMean } = move.variables;
    const round = seen.get(runningMean) ?? 0;
    seen.set(runningMean, round + 1);
    rounds[round] ??= [];
    rounds[round].push(move);
  }
  return rounds;
}

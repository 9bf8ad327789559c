import type { EpochRecord } from "@eosin/plugin-api/learning";

export interface EarlyStoppingOptions {
  readonly monitor: "validation.loss" | "validation.dice";
  /** Epochs without a better value before training stops. */
  readonly patience: number;
}

/** Where early stopping stands after a history: it keeps no state of its own, so continuing needs none. */
export interface StoppingVerdict {
  /** Epochs count from 1; the first of equals. */
  readonly bestEpoch: number;
  readonly stop: boolean;
}

/** @param history Not empty. Without options the last epoch is the best and nothing stops early. */
export function judgeHistory(
  history: readonly EpochRecord[],
  options: EarlyStoppingOptions | undefined,
): StoppingVerdict {
  const last = history[history.length - 1];
  if (!options) return { bestEpoch: last.epoch, stop: false };
  const cost = ({ validation }: EpochRecord) =>
    options.monitor === "validation.loss" ? validation.loss : -validation.dice;
  const best = history.reduce((least, record) => (cost(record) < cost(least) ? record : least));
  return { bestEpoch: best.epoch, stop: last.epoch - best.epoch >= options.patience };
}

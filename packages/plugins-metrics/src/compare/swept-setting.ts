import type { PredictorSummary } from "../judging/summary.js";
import type { Comparison } from "./comparison.js";

export interface SweptSetting {
  /** `alpha` */
  readonly axis: string;
  /** The contenders with stored predictions, each at its value of the axis. */
  readonly summaries: readonly PredictorSummary[];
}

/** The one number in which at least three contenders differ, be they points of one sweep or runs of their own. */
export function sweptSetting({ contenders, settings }: Comparison): SweptSetting | undefined {
  if (settings.length !== 1 || contenders.length < 3) return undefined;
  const [{ path, values }] = settings;
  if (!values.every((value) => typeof value === "number") || new Set(values).size !== contenders.length) {
    return undefined;
  }
  const axis = path.slice(path.lastIndexOf(".") + 1);
  const summaries = contenders.map(({ summary }, index) => ({
    ...summary,
    axes: { [axis]: String(values[index]) },
  }));
  return { axis, summaries: summaries.filter(({ folds }) => folds.length > 0) };
}

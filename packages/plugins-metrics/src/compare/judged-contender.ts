import type { JudgedPredictions } from "../judging/judge.js";
import { judgeMembers } from "../judging/judge-members.js";
import { type PredictorSummary, summarize } from "../judging/summary.js";
import type { NamedMetric } from "../metrics/named-metric.js";
import type { Contender } from "./contender.js";

export interface JudgedContender extends Contender {
  readonly judged: readonly JudgedPredictions[];
  readonly summary: PredictorSummary;
}

/** Judges every patch from the stored predictions: no report is needed, and all are judged by the same code. */
export async function judgeContender(
  contender: Contender,
  metrics: readonly NamedMetric[],
  onPatch: () => void,
): Promise<JudgedContender> {
  const judged = await judgeMembers(contender.members, metrics, onPatch);
  const { name, axes } = contender;
  const summary = summarize({ title: name, role: "network", axes, members: judged }, metrics);
  return { ...contender, judged, summary };
}

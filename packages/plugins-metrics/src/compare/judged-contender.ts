import type { Artifact } from "@eosin/plugin-api";
import type { Predictions } from "@eosin/plugin-api/imaging";
import type { NamedMetric } from "../metrics/named-metric.js";
import { type JudgedPredictions, judgePredictions } from "../report/judge.js";
import { type PredictorSummary, summarize } from "../report/summary.js";
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

export async function judgeMembers(
  members: readonly Artifact<Predictions>[],
  metrics: readonly NamedMetric[],
  onPatch: () => void,
): Promise<readonly JudgedPredictions[]> {
  const judged: JudgedPredictions[] = [];
  for (const artifact of members) {
    judged.push(await judgePredictions(artifact, metrics, { kind: "patch", batch: 1 }, "domain", onPatch));
  }
  return judged;
}

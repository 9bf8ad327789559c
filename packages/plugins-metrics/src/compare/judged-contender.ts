import type { Artifact } from "@eosin/plugin-api";
import type { Predictions } from "@eosin/plugin-api/imaging";
import { dice, iou } from "../metrics/confusion-metrics.js";
import { type JudgedPredictions, judgePredictions, type NamedMetric } from "../report/judge.js";
import { type PredictorSummary, summarize } from "../report/summary.js";
import type { Contender } from "./contender.js";

export const comparedMetrics = ["dice", "iou"] as const;
export type ComparedMetric = (typeof comparedMetrics)[number];

export interface JudgedContender extends Contender {
  readonly judged: readonly JudgedPredictions[];
  readonly summary: PredictorSummary;
}

/** Judges every patch from the stored predictions: no report is needed, and all are judged by the same code. */
export async function judgeContender(contender: Contender, onPatch: () => void): Promise<JudgedContender> {
  const judged = await judgeMembers(contender.members, onPatch);
  const { name, axes } = contender;
  const summary = summarize({ title: name, role: "network", axes, members: judged }, comparedMetrics);
  return { ...contender, judged, summary };
}

export async function judgeMembers(
  members: readonly Artifact<Predictions>[],
  onPatch: () => void,
): Promise<readonly JudgedPredictions[]> {
  const metrics: NamedMetric[] = [
    { name: "dice", metric: await dice.create({} as never) },
    { name: "iou", metric: await iou.create({} as never) },
  ];
  const judged: JudgedPredictions[] = [];
  for (const artifact of members) {
    judged.push(await judgePredictions(artifact, metrics, { kind: "patch", batch: 1 }, onPatch));
  }
  return judged;
}

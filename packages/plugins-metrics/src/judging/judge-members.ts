import type { Artifact } from "@eosin/plugin-api";
import type { Predictions } from "@eosin/plugin-api/imaging";
import type { NamedMetric } from "../metrics/named-metric.js";
import { type JudgedPredictions, judgePredictions } from "./judge.js";

/** Judges the predictions of one predictor, patch by patch, split by domain. */
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

import type { ComponentSpec } from "@eosin/plugin-api";
import type { Metric } from "@eosin/plugin-api/learning";
import { accuracy, dice, f1, iou, score, sensitivity, specificity } from "./confusion/definition.js";
import { auroc, prAuc } from "./ranking/definition.js";

/** The metrics of this package; none of them has options. */
export const ownMetrics = [dice, iou, score, f1, accuracy, sensitivity, specificity, auroc, prAuc] as const;

/** Whether a metric is one of this package, which needs no plugin to be loaded. */
export function isOwnMetric({ uses }: ComponentSpec): boolean {
  return ownMetrics.some(({ type }) => type === uses);
}

/** Creates a metric of this package. */
export async function createOwnMetric({ uses }: ComponentSpec): Promise<Metric> {
  const found = ownMetrics.find(({ type }) => type === uses);
  if (found === undefined) throw new Error(`${uses} is not a metric of @eosin/plugins-metrics`);
  return found.create({} as never);
}

import type { ComponentSpec } from "@eosin/plugin-api";
import type { Metric } from "@eosin/plugin-api/learning";
import { metricComponents } from "../metrics/components.js";

/** Whether a metric is one of this package, which needs no plugin to be loaded. */
export function isOwnMetric({ uses }: ComponentSpec): boolean {
  return metricComponents.some(({ type }) => type === uses);
}

/** Creates a metric of this package; none of them has options. */
export async function createOwnMetric({ uses }: ComponentSpec): Promise<Metric> {
  const found = metricComponents.find(({ type }) => type === uses);
  if (found === undefined) throw new Error(`${uses} is not a metric of @eosin/plugins-metrics`);
  return found.create({} as never);
}

import { component, metricKind } from "@eosin/plugin-api";
import { z } from "@eosin/plugin-api/zod";

/** A list of metrics, by default those of this package with the names given. */
export function metricsOption(names: readonly string[]) {
  return z
    .array(component(metricKind))
    .min(1)
    .default(names.map((name) => ({ uses: `metrics/${name}`, with: {}, kind: "metric" as const })));
}

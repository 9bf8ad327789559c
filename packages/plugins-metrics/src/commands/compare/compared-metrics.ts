import type { ComponentSpec, JsonValue } from "@eosin/plugin-api";
import type { RecordedInstance, RecordedRun } from "@eosin/plugin-api/commands";
import type { Metric } from "@eosin/plugin-api/learning";
import { createMetrics, type NamedMetric } from "../../metrics/named-metric.js";
import { createOwnMetric, isOwnMetric } from "../../metrics/own-metrics.js";

/**
 * The metrics of the runs' reports, those of the first run first: everything that is compared is judged by all of them.
 * @returns Nothing where no run has a report: then the usual ones count.
 * @throws EosinError `PLUGIN_UNTRUSTED`, and those of `loadPlugins`, where a metric is from another plugin
 */
export async function comparedMetrics(
  runs: readonly RecordedRun[],
  trust: boolean,
): Promise<readonly NamedMetric[] | undefined> {
  const owners = new Map<string, RecordedRun>();
  const specs: ComponentSpec<Metric>[] = [];
  for (const run of runs) {
    for (const spec of run.plan.instances.flatMap(metricsOf)) {
      const key = JSON.stringify([spec.uses, spec.with]);
      if (owners.has(key)) continue;
      owners.set(key, run);
      specs.push(spec);
    }
  }
  if (specs.length === 0) return undefined;
  return createMetrics(specs, async (spec) => {
    if (isOwnMetric(spec)) return createOwnMetric(spec);
    const owner = owners.get(JSON.stringify([spec.uses, spec.with])) as RecordedRun;
    return (await owner.loadPlugins({ trust })).create(spec);
  });
}

/** Of a report: the components of the kind `metric` in its options. */
function metricsOf({ produces, options }: RecordedInstance): ComponentSpec<Metric>[] {
  if (produces !== "report") return [];
  return (Object.values(options).flat() as readonly JsonValue[]).flatMap((value) => (isMetric(value) ? [value] : []));
}

function isMetric(value: unknown): value is ComponentSpec<Metric> {
  return typeof value === "object" && value !== null && "kind" in value && value.kind === "metric";
}

import type { MissingInput, RunProvenance } from "@eosin/plugin-api";
import type { MetricColumn } from "../metrics/named-metric.js";
import type { FallbackSummary } from "./fallbacks.js";
import type { Protocol } from "./judge.js";
import type { PublishedRow } from "./paper-table.js";
import type { PredictorSummary } from "./summary.js";

/** Everything that the report's tables say, as `results.json` holds it. */
export interface Results {
  readonly protocol: Protocol;
  readonly metrics: readonly MetricColumn[];
  /** What `strata` of the summaries are the values of: `domain`, or an attribute of the samples. */
  readonly by: string;
  readonly predictors: readonly PredictorSummary[];
  readonly baselines: readonly PredictorSummary[];
  readonly published: { readonly source: string; readonly rows: readonly PublishedRow[] } | undefined;
  /** Patches that components could not treat as asked. */
  readonly fallbacks: readonly FallbackSummary[];
  /** Predictions and models that the report goes without, and why. */
  readonly missing: readonly MissingInput[];
  readonly provenance: ReportProvenance;
}

/** Looks are absent where they said nothing. */
export type ReportProvenance = Omit<RunProvenance, "looks"> & Partial<Pick<RunProvenance, "looks">>;

export function reportProvenance({ looks, ...provenance }: RunProvenance): ReportProvenance {
  return { ...provenance, ...(looks?.length > 0 && { looks }) };
}

import type { MissingInput } from "@eosin/plugin-api";
import type { Protocol } from "../../judging/judge.js";
import type { PublishedRow } from "../../judging/paper-table.js";
import type { PredictorSummary } from "../../judging/summary.js";
import type { MetricColumn } from "../../metrics/named-metric.js";
import type { ReportProvenance } from "../../page/report-provenance.js";
import type { FallbackSummary } from "./fallbacks.js";

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

import { defineArtifact } from "./artifact.js";
import { z } from "./zod.js";

/**
 * The value of a `report` artifact: what a run's last lines show of it. Its blobs, such as a page, are copied into the
 * folder of the run.
 */
export interface ReportSummary {
  /** Name of the blob to open first, e.g. `index.html`. */
  readonly open?: string;
  /** A table: a row a predictor. */
  readonly rows?: readonly ReportRow[];
}

/** One predictor in the table of a report. */
export interface ReportRow {
  readonly title: string;
  readonly role: "network" | "baseline";
  /** By column, e.g. `dice`; the same columns in every row. */
  readonly figures: { readonly [column: string]: ReportFigure };
  /** Means by domain or another attribute of the samples, then by column; null where undefined. */
  readonly strata?: { readonly [value: string]: { readonly [column: string]: number | null } };
}

/** A figure of a predictor: its mean over folds or patches, and how far folds differ. */
export interface ReportFigure {
  /** Null where it is undefined. */
  readonly mean: number | null;
  /** Over folds; absent of one. */
  readonly deviation?: number;
}

/** Artifacts of reports. */
export const reportArtifact = defineArtifact<"report", ReportSummary>(
  "report",
  z.object({
    open: z.string().optional(),
    rows: z
      .array(
        z.object({
          title: z.string(),
          role: z.enum(["network", "baseline"]),
          figures: z.record(z.string(), z.object({ mean: z.number().nullable(), deviation: z.number().optional() })),
          strata: z.record(z.string(), z.record(z.string(), z.number().nullable())).optional(),
        }),
      )
      .optional(),
  }),
);

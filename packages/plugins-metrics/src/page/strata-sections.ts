import type { PredictorSummary } from "../judging/summary.js";
import type { TableSection } from "./metric-table.js";

/** What the strata are, as tables say it: domains of this field are scanners. */
export function stratumLabel(by: string): string {
  return by === "domain" ? "scanner" : by;
}

/** A predictor's figures by scanner, those it was not trained on apart; or by another attribute. */
export function strataSections({ strata, trainedOn }: PredictorSummary, by: string): TableSection[] {
  const values = Object.keys(strata).sort();
  const rows = (names: readonly string[]) => names.map((name) => ({ title: name, cells: strata[name] }));
  if (by !== "domain") return [{ heading: `by ${by}`, rows: rows(values) }];
  const seen = values.filter((domain) => trainedOn.includes(domain));
  const unseen = values.filter((domain) => !trainedOn.includes(domain));
  return [
    { heading: unseen.length > 0 ? "scanners seen in training" : "scanners", rows: rows(seen) },
    { heading: "scanners never seen in training", rows: rows(unseen) },
  ];
}

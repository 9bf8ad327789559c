export { createMetrics, type MetricColumn, type NamedMetric } from "../metrics/named-metric.js";
export { type Compared, type Comparison, type ComparisonRequest, compareContenders } from "./comparison.js";
export type { Contender, DifferingSetting } from "./contender.js";
export { comparePage } from "./html/compare-page.js";
export type { PairedDifference } from "./paired-difference.js";
export { chooseSideBySide, type SideBySide } from "./side-by-side.js";

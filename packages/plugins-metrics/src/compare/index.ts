export { type Compared, type Comparison, type ComparisonRequest, compareContenders } from "./comparison.js";
export type { Contender, DifferingSetting } from "./contender.js";
export { formatDifference, formatP } from "./format-statistic.js";
export { comparePage } from "./html/compare-page.js";
export { comparedImages, leftOut } from "./html/differences-table.js";
export type { PairedDifference } from "./paired-difference.js";
export { chooseSideBySide, type SideBySide } from "./side-by-side.js";

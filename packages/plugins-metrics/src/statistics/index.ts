export { type BootstrapOptions, bootstrapInterval, type Interval } from "./bootstrap-interval.js";
export { groupedInterval, groupMeans } from "./grouped-interval.js";
export { holm } from "./holm.js";
export { normalTail } from "./normal-tail.js";
export { meanOf, type Spread, spread } from "./spread.js";
export { type SignedRankOptions, type SignedRankTest, wilcoxonSignedRank } from "./wilcoxon-signed-rank.js";

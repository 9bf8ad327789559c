import { type Markup, markup } from "@eosin/plugin-api/html";
import type { MetricColumn } from "../../metrics/named-metric.js";
import { columnLabel } from "../../page/metric-table.js";
import type { Comparison } from "../comparison.js";
import { formatDifference, formatP } from "../format-statistic.js";
import type { PairedDifference } from "../paired-difference.js";

/** Contender minus reference, image by image. */
export function differencesTable({ differences, reference, metrics, method }: Comparison): Markup {
  return markup`<h2>Paired differences to ${reference}</h2>
<p class="soft small">Image by image, predictor minus ${reference}. Interval: ${method.interval}, seed ${method.seed}. p: ${method.test}. Correction: ${method.correction}. Folds share training patches, so p-values are a guide rather than a proof.</p>
<div class="scroll"><table><thead><tr><th>predictor</th><th>figure</th><th>images</th><th>mean difference</th><th>95 % interval</th><th>p</th><th>p, Holm</th></tr></thead>
<tbody>${metrics.flatMap((metric) => differences.filter((each) => each.metric === metric.name).map((each) => row(each, metric)))}</tbody></table></div>`;
}

function row(each: PairedDifference, metric: MetricColumn): Markup {
  const { low, high } = each.interval;
  const left = leftOut(each);
  return markup`<tr${each.holm < 0.05 ? markup` class="network"` : undefined}><td>${each.contender}${left === "" ? undefined : markup` <span class="soft small">(${left})</span>`}</td><td>${columnLabel(metric)}</td><td>${comparedImages(each)}</td><td>${formatDifference(each.mean)}</td><td>${formatDifference(low)} to ${formatDifference(high)}</td><td>${formatP(each.test.p)} <small>${each.test.method}</small></td><td>${formatP(each.holm)}</td></tr>`;
}

/** e.g. `180`, or `12 groups, 180 images` where groups are the cases. */
export function comparedImages({ images, groups }: PairedDifference): string {
  if (groups === undefined) return String(images);
  return `${groups} ${groups === 1 ? "group" : "groups"}, ${images} ${images === 1 ? "image" : "images"}`;
}

/** What was not paired, in words; nothing where all was. */
export function leftOut({
  onlyContender,
  onlyReference,
  otherPixels,
  unjudged = 0,
  ...rest
}: PairedDifference): string {
  return [
    [onlyContender, "without a partner"],
    [onlyReference, "of the reference without one"],
    [otherPixels, "of one id but other pixels"],
    [unjudged, "whose pixels are all ignored"],
    [rest.undefined ?? 0, "for which it is undefined"],
  ]
    .filter(([count]) => count !== 0)
    .map(([count, what]) => `${count} ${what}`)
    .join(", ");
}

import { type Markup, markup, page } from "@eosin/plugin-api/html";
import { counted } from "../../samples/dataset-output.js";
import { summarizeDomains } from "../domain-summary.js";
import type { LookRecord } from "../look-record.js";
import type { SanityLine } from "../looked.js";
import type { LookProblem } from "../looked-sample.js";
import type { DuplicatePair } from "../near-duplicates.js";
import type { Outlier } from "../outliers.js";
import { domainTables } from "./domain-tables.js";
import { lookStyle } from "./look-style.js";
import { pictureFigure } from "./picture-figure.js";
import { chooseShown } from "./shown-records.js";

export interface LookPage {
  readonly title: string;
  /** A sentence under the title. */
  readonly description?: string;
  readonly problems: readonly LookProblem[];
  readonly lines: readonly SanityLine[];
  readonly records: readonly LookRecord[];
  readonly outliers: readonly Outlier[];
  readonly pairs: readonly DuplicatePair[];
}

/** Pairs that are shown side by side. */
const mostPairs = 60;

/** A page that needs no other file: problems, what is remarkable, a table of the domains, pictures; outliers first. */
export function lookPage(look: LookPage): string {
  const { title, description, problems, lines, records } = look;
  const body = markup`${problemList(problems)}${lineList(lines)}
${records.length === 0 ? undefined : markup`<h2>Domains</h2>\n${domainTables(summarizeDomains(records.map(({ sample }) => sample)))}\n`}${pairSection(look)}${pictureSection(look)}`;
  return page({ title, ...(description !== undefined && { description }), style: lookStyle, body });
}

function problemList(problems: readonly LookProblem[]): Markup | undefined {
  if (problems.length === 0) return undefined;
  return markup`<h2>${counted(problems.length, "file")} could not be used</h2>
<ul class="look-lines">${problems.map(problemItem)}</ul>
`;
}

function problemItem({ file, message, expected, found, next }: LookProblem): Markup {
  const facts = [
    ...(found === undefined ? [] : [markup` Found: ${found}.`]),
    ...(expected === undefined ? [] : [markup` Expected: ${expected}.`]),
    ...(next === undefined ? [] : [markup`<br><span class="soft">${next}</span>`]),
  ];
  return markup`<li class="look-problem"><code>${file}</code><br><b>${message}</b>${facts}</li>
`;
}

function lineList(lines: readonly SanityLine[]): Markup {
  if (lines.length === 0) return markup`<p>Nothing remarkable was found.</p>\n`;
  return markup`<h2>What to know before training</h2>
<ul class="look-lines">${lines.map(
    ({ level, text }) =>
      markup`<li${level === "warning" ? markup` class="look-warning"` : undefined}>${level === "warning" ? markup`<b>Warning.</b> ` : undefined}${text}</li>
`,
  )}</ul>
`;
}

function pairSection({ pairs, records }: LookPage): Markup | undefined {
  if (pairs.length === 0) return undefined;
  const byId = new Map(records.map((record) => [record.sample.id, record]));
  const shown = pairs.slice(0, mostPairs).flatMap((pair) => {
    const first = byId.get(pair.first);
    const second = byId.get(pair.second);
    return first && second ? [pairItem(pair, first, second)] : [];
  });
  const rest = pairs.length > shown.length ? ` The first ${shown.length} of ${pairs.length} pairs.` : "";
  return markup`<h2>The same picture more than once</h2>
<p class="soft small">Identical, or nearly so: recompressed, of another size or brightness, turned or mirrored.${rest}</p>
<div class="look-pairs">${shown}</div>
`;
}

function pairItem({ identical, correlation, turn }: DuplicatePair, first: LookRecord, second: LookRecord): Markup {
  const how = identical
    ? "identical"
    : `correlation ${correlation.toFixed(3)}${turn === "as it is" ? "" : `; the left one ${turn}`}`;
  return markup`<div class="look-pair"><div class="look-pictures">${pictureFigure(first)}${pictureFigure(second)}</div><p class="soft">${how}</p></div>
`;
}

function pictureSection({ records, outliers }: LookPage): Markup | undefined {
  if (records.length === 0) return undefined;
  const shown = chooseShown(records, outliers);
  const some = shown.length < records.length ? `${shown.length} of ${records.length}` : String(records.length);
  return markup`<h2>Pictures</h2>
<p class="soft small">${some} ${records.length === 1 ? "picture" : "pictures"}${outliers.length > 0 ? ", those unlike their domain first" : ""}. A green line is the outline of the mask.</p>
<div class="look-pictures">${shown.map(({ record, mark }) => pictureFigure(record, mark))}</div>
`;
}

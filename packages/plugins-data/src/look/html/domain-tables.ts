import { type Markup, markup } from "@eosin/plugin-api/html";
import type { Counts, DomainStains, DomainSummary } from "../domain-summary.js";

/** What the domains' files and masks are, and what they look like: a row a domain each. */
export function domainTables(domains: readonly DomainSummary[]): Markup {
  return markup`${table(domains, fileColumns)}${table(domains, [...colourColumns, ...stainColumns(domains)])}
<p class="soft small">Tumour is its mean share of the masks. Contrast is the standard deviation of grey, sharpness the variance of its Laplacian: both are medians, as stain vectors (optical density in red, green and blue, of unit length) and their angles are.</p>`;
}

/** Columns that no domain has anything to say in are left out. */
function table(domains: readonly DomainSummary[], columns: readonly Column[]): Markup {
  const told = columns.filter(({ cell }) => domains.some((domain) => cell(domain) !== undefined));
  return markup`<div class="scroll"><table class="look-table">
<thead><tr><th>domain</th>${told.map(({ name }) => markup`<th>${name}</th>`)}</tr></thead>
<tbody>${domains.map(
    (domain) =>
      markup`<tr><td>${domain.domain}</td>${told.map(({ cell }) => markup`<td>${cell(domain) ?? "–"}</td>`)}</tr>`,
  )}</tbody></table></div>
`;
}

interface Column {
  readonly name: string;
  cell(domain: DomainSummary): Markup | string | number | undefined;
}

const fileColumns: readonly Column[] = [
  { name: "images", cell: ({ samples }) => samples },
  { name: "size, px", cell: ({ width, height }) => `${range(width)} × ${range(height)}` },
  { name: "formats", cell: ({ formats }) => counts(formats) },
  { name: "bits a channel", cell: ({ bitDepths }) => counts(bitDepths) },
  { name: "bytes", cell: ({ bytes }) => (bytes > 0 ? megabytes(bytes) : undefined) },
  { name: "masks", cell: ({ masks }) => masks },
  { name: "without tumour", cell: ({ masks, withoutTumour }) => (masks > 0 ? withoutTumour : undefined) },
  { name: "tumour", cell: ({ foreground }) => (foreground === undefined ? undefined : percent(foreground)) },
];

const colourColumns: readonly Column[] = [
  { name: "mean colour", cell: meanColour },
  { name: "contrast", cell: ({ contrast }) => contrast.toFixed(1) },
  { name: "sharpness", cell: ({ sharpness }) => sharpness.toFixed(0) },
];

function stainColumns(domains: readonly DomainSummary[]): Column[] {
  const names = new Set(domains.flatMap(({ stains }) => stains?.vectors.map(({ name }) => name) ?? []));
  return [
    ...[...names].map((name) => ({ name, cell: ({ stains }: DomainSummary) => stains && stainVector(stains, name) })),
    { name: "angle", cell: ({ stains }) => (stains?.angle === undefined ? undefined : `${stains.angle.toFixed(1)}°`) },
    { name: "no stains to tell", cell: ({ stains }) => stains && unsuitable(stains) },
  ];
}

function meanColour({ mean }: DomainSummary): Markup {
  const levels = mean.map((level) => Math.round(level));
  return markup`${swatch(levels)}${levels.join(", ")}`;
}

function stainVector({ vectors }: DomainStains, wanted: string): Markup | undefined {
  const vector = vectors.find(({ name }) => name === wanted)?.vector;
  if (!vector) return undefined;
  const light = vector.map((density) => Math.round(255 * Math.exp(-Math.max(0, density))));
  return markup`${swatch(light)}${vector.map((density) => density.toFixed(2)).join(", ")}`;
}

function unsuitable({ unsuitable: reasons }: DomainStains): Markup | undefined {
  if (reasons.length === 0) return undefined;
  return markup`<div class="look-reasons">${reasons.map(
    ([reason, count], i) => markup`${i > 0 ? markup`<br>` : undefined}${count}: ${reason}`,
  )}</div>`;
}

/** @param levels Whole numbers, 0…255. */
function swatch(levels: readonly number[]): Markup {
  return markup`<span class="look-swatch" style="background:rgb(${levels.join(" ")})"></span>`;
}

function counts<Value extends string | number>(values: Counts<Value>): string | undefined {
  if (values.length === 0) return undefined;
  if (values.length === 1) return String(values[0][0]);
  return values.map(([value, count]) => `${count} ${value}`).join(", ");
}

function range([least, most]: readonly [number, number]): string {
  return least === most ? String(least) : `${least}…${most}`;
}

function megabytes(bytes: number): string {
  return bytes < 1e5 ? `${(bytes / 1e3).toFixed(1)} kB` : `${(bytes / 1e6).toFixed(1)} MB`;
}

function percent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}

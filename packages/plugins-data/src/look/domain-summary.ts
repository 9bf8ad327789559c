import { byDomain, type FileFacts, type LookedSample } from "./looked-sample.js";
import { median } from "./median.js";
import { medianVector, type StainVector } from "./stain-figures.js";

/** How often each value occurs, the most frequent first. */
export type Counts<Value> = readonly (readonly [value: Value, count: number])[];

/** What a domain's samples come to: a row of the page's table. */
export interface DomainSummary {
  readonly domain: string;
  readonly samples: number;
  /** Samples that have a mask, and those of them whose mask holds no tumour. */
  readonly masks: number;
  readonly withoutTumour: number;
  /** Mean share of tumour over the masks, 0…1; absent where there are none. */
  readonly foreground?: number;
  /** Pixels: the smallest and the largest of each side. */
  readonly width: readonly [least: number, most: number];
  readonly height: readonly [least: number, most: number];
  /** Of the images' files: bytes, formats and bits a channel; empty where samples are drawn. */
  readonly bytes: number;
  readonly formats: Counts<string>;
  readonly bitDepths: Counts<number>;
  /** Mean of the pictures' mean colours, 0…255. */
  readonly mean: readonly [red: number, green: number, blue: number];
  /** Medians of the pictures' contrast and sharpness; see `SampleFigures`. */
  readonly contrast: number;
  readonly sharpness: number;
  /** Absent where stains were not looked at. */
  readonly stains?: DomainStains;
}

export interface DomainStains {
  /** Medians of the vectors, made unit; empty where no picture had stains. */
  readonly vectors: readonly { readonly name: string; readonly vector: StainVector }[];
  /** Median of the angles between the first two, degrees. */
  readonly angle?: number;
  /** Why pictures have no stains to tell, by how many; figures within a reason are those of one of them. */
  readonly unsuitable: Counts<string>;
}

/** One summary a domain, in the order in which domains come up. */
export function summarizeDomains(samples: readonly LookedSample[]): DomainSummary[] {
  return [...byDomain(samples)].map(([domain, members]) => summarize(domain, members));
}

function summarize(domain: string, members: readonly LookedSample[]): DomainSummary {
  const figures = members.map((each) => each.figures);
  const shares = figures.flatMap(({ foreground }) => (foreground === undefined ? [] : [foreground]));
  const files = members.flatMap(({ image }) => (image ? [image] : []));
  return {
    domain,
    samples: members.length,
    masks: shares.length,
    withoutTumour: shares.filter((share) => share === 0).length,
    ...(shares.length > 0 && { foreground: meanOf(shares) }),
    width: rangeOf(figures.map(({ width }) => width)),
    height: rangeOf(figures.map(({ height }) => height)),
    ...filesOf(files),
    mean: [0, 1, 2].map((c) => meanOf(figures.map(({ mean }) => mean[c]))) as [number, number, number],
    contrast: median(figures.map(({ contrast }) => contrast)),
    sharpness: median(figures.map(({ sharpness }) => sharpness)),
    ...(members.some(({ stains }) => stains) && { stains: stainsOf(members) }),
  };
}

function filesOf(files: readonly FileFacts[]) {
  return {
    bytes: files.reduce((sum, { bytes }) => sum + bytes, 0),
    formats: countValues(files.map(({ format }) => format)),
    bitDepths: countValues(files.map(({ bitDepth }) => bitDepth)),
  };
}

function stainsOf(members: readonly LookedSample[]): DomainStains {
  const told = members.flatMap(({ stains }) => (stains && "stains" in stains ? [stains] : []));
  const unsuitable = members.flatMap(({ stains }) => (stains && "unsuitable" in stains ? [stains.unsuitable] : []));
  const vectors = (told[0]?.stains ?? []).map(({ name }, i) => ({
    name,
    vector: medianVector(told.map(({ stains }) => stains[i].vector)),
  }));
  return {
    vectors,
    ...(told.length > 0 && { angle: median(told.map(({ angle }) => angle)) }),
    unsuitable: countReasons(unsuitable),
  };
}

/** Reasons that differ in their figures alone, e.g. in a share of tissue, are one. */
function countReasons(reasons: readonly string[]): Counts<string> {
  const first = new Map<string, string>();
  const kinds = reasons.map((reason) => {
    const kind = reason.replaceAll(/\d+(\.\d+)?/g, "#");
    if (!first.has(kind)) first.set(kind, reason);
    return kind;
  });
  return countValues(kinds).map(([kind, count]) => [first.get(kind)!, count]);
}

export function countValues<Value>(values: readonly Value[]): Counts<Value> {
  const counts = new Map<Value, number>();
  for (const value of values) counts.set(value, (counts.get(value) ?? 0) + 1);
  return [...counts].sort((a, b) => b[1] - a[1]);
}

function meanOf(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / values.length;
}

/** @param values At least one; possibly more than a call takes arguments. */
function rangeOf(values: readonly number[]): [least: number, most: number] {
  return [values.reduce((a, b) => Math.min(a, b)), values.reduce((a, b) => Math.max(a, b))];
}

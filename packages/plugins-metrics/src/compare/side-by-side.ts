import { readPredictedPatch } from "../judging/judged-patch.js";
import { bestFirst, type MetricColumn } from "../metrics/named-metric.js";
import { drawInput, drawPrediction, drawTruth, holdsIgnored } from "../page/case-pictures.js";
import type { JudgedContender } from "./judged-contender.js";
import { pairImages } from "./pair-images.js";

/** One patch as each contender predicted it (the paper's figure 2); pictures are PNGs as `data:` URIs. */
export interface SideBySide {
  readonly rank: "gains most" | "median" | "loses most";
  readonly id: string;
  readonly domain: string;
  readonly input: string;
  readonly truth: string;
  /** Set where some of its pixels are ignored. */
  readonly ignored?: true;
  readonly predictions: readonly {
    readonly name: string;
    readonly picture: string;
    readonly figures: { readonly [metric: string]: number };
  }[];
}

/**
 * Three patches that all were tested on: where the best contender gains most over the reference by the first metric, where it does
 * as in the median, and where it loses most. Fewer where there are fewer.
 */
export async function chooseSideBySide(
  contenders: readonly JudgedContender[],
  reference: JudgedContender,
  metrics: readonly MetricColumn[],
): Promise<readonly SideBySide[]> {
  const [metric] = metrics;
  const order = bestFirst(metric);
  const complete = contenders.filter(({ judged }) => judged.length > 0);
  const [rival] = complete
    .filter((each) => each !== reference)
    .sort((a, b) => order(a.summary.overall[metric.name].mean, b.summary.overall[metric.name].mean));
  if (rival === undefined) return [];
  const ranked = pairImages(rival, reference, [metric])
    .pairs.filter(({ difference }) => !Number.isNaN(difference[metric.name]))
    .filter(({ id }) => complete.every((each) => isSame(each, reference, id)))
    // Ties by id, so that the same figures always show the same patches.
    .toSorted((a, b) => order(a.difference[metric.name], b.difference[metric.name]) || (a.id < b.id ? -1 : 1));
  const chosen = new Map<number, SideBySide["rank"]>();
  if (ranked.length > 0) chosen.set(0, "gains most");
  if (ranked.length > 1) chosen.set(ranked.length - 1, "loses most");
  if (ranked.length > 2) chosen.set(Math.floor(ranked.length / 2), "median");
  return Promise.all(
    [...chosen]
      .sort(([a], [b]) => a - b)
      .map(([index, rank]) => draw(ranked[index].id, ranked[index].domain, rank, complete)),
  );
}

function isSame(contender: JudgedContender, reference: JudgedContender, id: string): boolean {
  return find(contender, id) !== undefined && contender.contents.get(id) === reference.contents.get(id);
}

async function draw(
  id: string,
  domain: string,
  rank: SideBySide["rank"],
  contenders: readonly JudgedContender[],
): Promise<SideBySide> {
  const patches = await Promise.all(
    contenders.map(async (contender) => {
      const { artifact, index, figures } = find(contender, id)!;
      return { name: contender.name, figures, patch: await readPredictedPatch(artifact, index) };
    }),
  );
  return {
    rank,
    id,
    domain,
    input: await drawInput(patches[0].patch),
    truth: await drawTruth(patches[0].patch),
    ...(holdsIgnored(patches[0].patch) && { ignored: true as const }),
    predictions: await Promise.all(
      patches.map(async ({ name, figures, patch }) => ({ name, figures, picture: await drawPrediction(patch) })),
    ),
  };
}

/** Where several folds tested the image, the first. */
function find({ judged }: JudgedContender, id: string) {
  for (const { artifact, patches } of judged) {
    const index = patches.findIndex(({ ids }) => ids[0] === id);
    if (index >= 0) return { artifact, index, figures: patches[index].figures };
  }
  return undefined;
}

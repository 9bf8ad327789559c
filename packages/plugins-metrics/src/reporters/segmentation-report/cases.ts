import type { JudgedPredictions } from "../../judging/judge.js";
import { readPredictedPatch } from "../../judging/judged-patch.js";
import type { PredictorGroup } from "../../judging/summary.js";
import { bestFirst, type MetricColumn } from "../../metrics/named-metric.js";
import { type CasePictures, drawCase } from "../../page/case-pictures.js";

/** A patch worth looking at. */
export interface Case {
  readonly rank: "best" | "median" | "worst";
  readonly id: string;
  readonly domain: string;
  readonly split: string;
  readonly figures: { readonly [metric: string]: number };
  readonly pictures: CasePictures;
}

interface Candidate {
  readonly member: JudgedPredictions;
  readonly index: number;
  readonly value: number;
  readonly perfect: boolean;
}

/**
 * The best, median and worst patches by the first metric, `count` of each. Perfect ones, as patches without tumour that
 * were left empty, show nothing: they are considered only where there are no others.
 */
export async function chooseCases(group: PredictorGroup, metric: MetricColumn, count: number): Promise<Case[]> {
  const candidates: Candidate[] = [];
  for (const member of group.members) {
    member.patches.forEach((patch, index) => {
      const value = patch.figures[metric.name];
      if (!Number.isNaN(value)) candidates.push({ member, index, value, perfect: patch.perfect === true });
    });
  }
  const imperfect = candidates.filter(({ perfect }) => !perfect);
  const order = bestFirst(metric);
  const ranked = (imperfect.length > 0 ? imperfect : candidates)
    // Ties by id, so that the same figures always show the same patches.
    .sort((a, b) => order(a.value, b.value) || idOf(a).localeCompare(idOf(b)));
  const n = Math.min(count, Math.floor(ranked.length / 3) || ranked.length);
  const middle = Math.max(0, Math.floor((ranked.length - n) / 2));
  const chosen: [Case["rank"], Candidate[]][] = [
    ["best", ranked.slice(0, n)],
    ["median", ranked.length >= 3 ? ranked.slice(middle, middle + n) : []],
    ["worst", ranked.length >= 2 ? ranked.slice(-n).reverse() : []],
  ];
  const cases: Case[] = [];
  for (const [rank, members] of chosen) {
    for (const { member, index } of members) {
      const patch = await readPredictedPatch(member.artifact, index);
      const { ids, domain, figures } = member.patches[index];
      const split = member.artifact.value.split;
      cases.push({ rank, id: ids[0], domain, split, figures, pictures: await drawCase(patch) });
    }
  }
  return cases;
}

function idOf({ member, index }: Candidate): string {
  return member.patches[index].ids[0];
}

import { attributeValues, type DatasetIndex, type Sample, type TestStatistics } from "@eosin/plugin-api/imaging";
import type { ImagePredictor } from "./image-predictor.js";
import { type WindowSettings, windowBatches } from "./window-batches.js";

/**
 * Ids by whose statistics they share, in their order within each group; all in one where they share training's.
 * @throws EosinError `ATTRIBUTE_UNKNOWN`, `ATTRIBUTES_MISSING`
 */
export function sharingStatistics(
  { samples }: DatasetIndex,
  ids: readonly string[],
  statistics: TestStatistics | undefined,
): readonly (readonly string[])[] {
  if (statistics === undefined) return [ids];
  const { by } = statistics;
  const byId = new Map(samples.map((each) => [each.id, each]));
  const entries = ids.flatMap((id) => byId.get(id) ?? []);
  const values = by === "domain" ? entries.map(({ domain }) => domain) : attributeValues(entries, by, "statistics.by");
  const groups = new Map<string, string[]>();
  entries.forEach(({ id }, i) => {
    const group = groups.get(values[i]) ?? [];
    group.push(id);
    groups.set(values[i], group);
  });
  return [...groups.values()];
}

/** Lets a network go by what the images of a group share with training; a lone image says too little of its scanner. */
export async function useStatistics(
  predictor: ImagePredictor,
  images: number,
  samples: () => AsyncIterable<Sample>,
  windows: WindowSettings,
  asked: TestStatistics | undefined,
): Promise<void> {
  if (asked === undefined || images < 2) predictor.restore();
  else await predictor.adapt(() => windowBatches(samples(), windows), asked.share);
}

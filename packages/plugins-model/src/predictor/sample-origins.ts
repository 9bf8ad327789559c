import type { PredictedSample, Split } from "@eosin/plugin-api/imaging";

/** By sample id: what predictions keep of where a sample comes from. */
export type SampleOrigins = ReadonlyMap<string, Pick<PredictedSample, "group" | "attributes">>;

/** The attributes of each sample, and its group: the attribute that the split kept together. Samples may have neither. */
export function sampleOrigins({ dataset, groupBy }: Split): SampleOrigins {
  const origins = new Map<string, Pick<PredictedSample, "group" | "attributes">>();
  for (const { id, attributes } of dataset.samples) {
    if (attributes === undefined) continue;
    const group = groupBy === undefined ? undefined : attributes[groupBy];
    origins.set(id, { ...(group === undefined ? {} : { group }), attributes });
  }
  return origins;
}

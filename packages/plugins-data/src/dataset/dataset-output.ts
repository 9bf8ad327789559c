import { type ComponentSpec, EosinError, type JsonObject, type JsonValue, type PlannedOutput } from "@eosin/plugin-api";
import type { DatasetIndex, SampleEntry } from "@eosin/plugin-api/imaging";
import { PLUGIN_NAME } from "../plugin-name.js";

/** @throws EosinError `DATASET_EMPTY`, `SAMPLE_DUPLICATE`. */
export function datasetOutput(index: DatasetIndex): Extract<PlannedOutput, { readonly value: JsonValue }> {
  if (index.samples.length === 0) {
    throw new EosinError({
      code: "DATASET_EMPTY",
      message: `The dataset ${index.name} has no samples.`,
      expected: "at least one image with its mask",
      next: "Look at the dataset's options: a subset of domains or a limit may leave nothing.",
    });
  }
  refuseRepeatedIds(index);
  return {
    value: index as unknown as JsonValue,
    identity: { reader: index.reader.uses, samples: index.samples.map(sampleIdentity) },
  };
}

/** What a consumer of the sample depends on: never where it lies. */
export function sampleIdentity(entry: SampleEntry): JsonValue {
  return [entry.id, entry.domain, entry.width, entry.height, entry.hash];
}

/** @param options The dataset's own, as validated: plain JSON. */
export function readerSpec(uses: string, options: object): ComponentSpec {
  // Options that were left out are undefined, which is no JSON.
  const plain = Object.entries(options).filter(([, value]) => value !== undefined);
  return { uses, with: Object.fromEntries(plain) as JsonObject, kind: "dataset", plugin: PLUGIN_NAME };
}

/** @throws EosinError `SAMPLE_DUPLICATE`. */
export function refuseRepeatedIds(index: DatasetIndex): void {
  const seen = new Set<string>();
  for (const { id } of index.samples) {
    if (seen.has(id)) {
      throw new EosinError({
        code: "SAMPLE_DUPLICATE",
        message: `The dataset ${index.name} has two samples with one id.`,
        place: id,
        expected: "ids that are unique in the dataset",
        next: "Rename one of the two files, or leave one of them out.",
      });
    }
    seen.add(id);
  }
}

/** `3 scanners`, `1 scanner`. */
export function counted(count: number, noun: string, plural = `${noun}s`): string {
  return `${count} ${count === 1 ? noun : plural}`;
}

import { EosinError } from "@eosin/plugin-api";
import type { DatasetIndex, SampleEntry } from "@eosin/plugin-api/imaging";

/**
 * The entries of `ids`, in that order.
 * @throws EosinError `SAMPLES_EMPTY`, `SAMPLE_UNKNOWN`.
 */
export function chosenEntries(dataset: DatasetIndex, ids: readonly string[]): readonly SampleEntry[] {
  if (ids.length === 0) {
    throw new EosinError({
      code: "SAMPLES_EMPTY",
      message: "No samples are asked for.",
      place: dataset.name,
      expected: "at least one sample id",
      next: "Look at the split: this part of it is empty.",
    });
  }
  const byId = new Map(dataset.samples.map((each) => [each.id, each]));
  return ids.map((id) => {
    const entry = byId.get(id);
    if (entry === undefined) {
      throw new EosinError({
        code: "SAMPLE_UNKNOWN",
        message: `The dataset ${dataset.name} has no sample ${id}.`,
        place: id,
        expected: `an id such as ${dataset.samples[0]?.id}`,
        next: "Make the split from the same dataset.",
      });
    }
    return entry;
  });
}

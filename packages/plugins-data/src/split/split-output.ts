import { EosinError, type JsonValue, type PlannedItem, type PlannedOutput } from "@eosin/plugin-api";
import type { DatasetIndex, SampleEntry, Split } from "@eosin/plugin-api/imaging";
import { sampleIdentity } from "../dataset/dataset-output.js";

export interface SplitParts {
  readonly key: string;
  readonly train: readonly SampleEntry[];
  readonly validation: readonly SampleEntry[];
  readonly test: readonly SampleEntry[];
}

/** @throws EosinError `SPLIT_PART_EMPTY` where nothing is left to train on or to test. */
export function splitOutput(dataset: DatasetIndex, folds: readonly SplitParts[]): PlannedOutput {
  return { items: folds.map((parts) => splitItem(dataset, parts)) };
}

function splitItem(dataset: DatasetIndex, { key, train, validation, test }: SplitParts): PlannedItem {
  for (const [part, entries] of Object.entries({ train, test })) {
    if (entries.length === 0) {
      throw new EosinError({
        code: "SPLIT_PART_EMPTY",
        message: `The ${part} part of ${key} is empty.`,
        expected: "at least one sample",
        found: `${dataset.samples.length} samples in the dataset ${dataset.name}`,
        next: "Use more samples, fewer folds or a smaller validation fraction.",
      });
    }
  }
  const ids = (entries: readonly SampleEntry[]) => entries.map((each) => each.id);
  const split: Split = { key, dataset, train: ids(train), validation: ids(validation), test: ids(test) };
  return {
    key,
    value: split as unknown as JsonValue,
    identity: {
      key,
      reader: dataset.reader.uses,
      train: train.map(sampleIdentity),
      validation: validation.map(sampleIdentity),
      test: test.map(sampleIdentity),
    },
  };
}

import { EosinError, type Logger, type PlannedItem, type PlannedList } from "@eosin/plugin-api";
import type { DatasetIndex, SampleEntry, Split } from "@eosin/plugin-api/imaging";
import { samplesIdentity } from "../samples/dataset-output.js";
import { warnOfGroupsAcrossDomains } from "./groups.js";
import type { SplitParts } from "./split-parts.js";
import { warnOfTwinFiles } from "./twin-files.js";

export interface SplitRemarks {
  readonly log: Logger;
  /** The attribute whose equal values are on one side. */
  readonly groupBy?: string;
}

/**
 * Says what a user should know of the folds: equal files and groups.
 * @throws EosinError `SPLIT_PART_EMPTY` where nothing is left to train on or to test.
 */
export function splitOutput(
  dataset: DatasetIndex,
  folds: readonly SplitParts[],
  { log, groupBy }: SplitRemarks,
): PlannedList<Split> {
  const items = folds.map((parts) => splitItem(dataset, parts, groupBy));
  warnOfTwinFiles(dataset.samples, folds, log);
  if (groupBy !== undefined) warnOfGroupsAcrossDomains(usedIn(dataset, folds), groupBy, log);
  return { items };
}

function usedIn({ samples }: DatasetIndex, folds: readonly SplitParts[]): readonly SampleEntry[] {
  const used = new Set(folds.flatMap(({ train, validation, test }) => [...train, ...validation, ...test]));
  return samples.filter((each) => used.has(each));
}

function splitItem(dataset: DatasetIndex, parts: SplitParts, groupBy: string | undefined): PlannedItem<Split> {
  const { key, train, validation, test } = parts;
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
  const split: Split = {
    key,
    dataset,
    train: ids(train),
    validation: ids(validation),
    test: ids(test),
    ...(groupBy !== undefined && { groupBy }),
  };
  return {
    key,
    value: split,
    identity: {
      key,
      reader: dataset.reader.uses,
      train: samplesIdentity(train),
      validation: samplesIdentity(validation),
      test: samplesIdentity(test),
      ...(groupBy !== undefined && { groupBy }),
    },
  };
}

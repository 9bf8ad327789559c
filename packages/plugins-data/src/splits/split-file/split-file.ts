import { resolve } from "node:path";
import { EosinError, nearestName } from "@eosin/plugin-api";
import type { DatasetIndex, SampleEntry, SplitComponent } from "@eosin/plugin-api/imaging";
import { z } from "@eosin/plugin-api/zod";
import { readText } from "../../tables/read-text.js";
import { refuseDividedGroups } from "../groups.js";
import { splitOutput } from "../split-output.js";
import type { SplitFileOptions } from "./options.js";

const ids = z.array(z.string());
const storedFolds = z.object({
  folds: z.array(z.object({ train: ids.min(1), validation: ids.default([]), test: ids.min(1) })).min(1),
});

export function createSplitFile(options: SplitFileOptions): SplitComponent {
  const { groupBy } = options;
  return {
    async plan(context) {
      const file = resolve(context.baseFolder, options.file);
      const { folds } = await readFolds(file);
      const dataset = (await context.open(options.dataset)).value;
      const byId = new Map(dataset.samples.map((each) => [each.id, each]));
      const chosen = options.folds ?? folds.map((_, i) => i);
      const parts = chosen.map((fold) => {
        if (folds[fold] === undefined) throw noSuchFold(file, fold, folds.length);
        const { train, validation, test } = folds[fold];
        refuseRepeats([...train, ...validation, ...test], file, fold);
        const entry = (id: string) => byId.get(id) ?? byId.get(id.normalize("NFC")) ?? refuseId(id, file, dataset);
        const entries = (part: readonly string[]) => part.map(entry);
        return {
          key: `fold-${fold}`,
          train: entries(train),
          validation: entries(validation),
          test: entries(test),
        };
      });
      if (groupBy !== undefined) {
        for (const each of parts) refuseDividedGroups(each, groupBy, `Correct the folds in ${file}.`);
      }
      return splitOutput(dataset, parts, { log: context.log, groupBy });
    },
    look: async (context) =>
      (await import("../../look/look-at-split.js")).lookAtSplit([options.dataset], ([only]) => only, context),
  };
}

async function readFolds(file: string): Promise<z.output<typeof storedFolds>> {
  const next = "Correct the option `file`; it is relative to the document's folder.";
  const text = await readText(file, "The file of folds", next);
  try {
    return storedFolds.parse(JSON.parse(text));
  } catch (cause) {
    throw new EosinError({
      code: "SPLIT_FILE_INVALID",
      message: "The file does not hold folds.",
      place: file,
      expected: "JSON of the form { folds: [{ train: [id…], validation: [id…], test: [id…] }…] }",
      found: cause instanceof z.ZodError ? z.prettifyError(cause) : String(cause),
      next: "Correct the file.",
      cause,
    });
  }
}

function noSuchFold(file: string, fold: number, count: number): EosinError {
  return new EosinError({
    code: "SPLIT_FOLD_UNKNOWN",
    message: `The file has no fold ${fold}.`,
    place: file,
    expected: `0…${count - 1}`,
    found: `${fold}`,
    next: "Correct the option `folds`.",
  });
}

function refuseRepeats(all: readonly string[], file: string, fold: number): void {
  const seen = new Set<string>();
  for (const id of all) {
    if (seen.has(id)) {
      throw new EosinError({
        code: "SPLIT_OVERLAP",
        message: `Fold ${fold} names a sample twice.`,
        place: file,
        found: id,
        expected: "every id in one part only",
        next: "Correct the file: a sample that trains must not validate or test.",
      });
    }
    seen.add(id);
  }
}

function refuseId(id: string, file: string, dataset: DatasetIndex): SampleEntry {
  const name = id.slice(id.lastIndexOf("/") + 1);
  throw new EosinError({
    code: "SAMPLE_UNKNOWN",
    message: `The dataset ${dataset.name} has no sample ${id}.`,
    place: file,
    expected: `ids such as ${dataset.samples[0]?.id}`,
    found: id,
    didYouMean:
      dataset.samples.find((each) => each.id.endsWith(`/${name}`))?.id ??
      nearestName(
        id,
        dataset.samples.map((each) => each.id),
      ),
    next: "Use the dataset that the folds were made for, all of it (no `limit`, no subset of domains).",
  });
}

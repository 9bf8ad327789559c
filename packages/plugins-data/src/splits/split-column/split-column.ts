import { EosinError, nearestName } from "@eosin/plugin-api";
import { attributeValues, type SampleEntry, type SplitComponent, type SplitPart } from "@eosin/plugin-api/imaging";
import { refuseDividedGroups } from "../groups.js";
import { setApart } from "../set-apart.js";
import { splitOutput } from "../split-output.js";
import type { SplitColumnOptions } from "./options.js";

export function createSplitColumn(options: SplitColumnOptions): SplitComponent {
  const { column, groupBy, validationShare } = options;
  return {
    async plan(context) {
      const dataset = (await context.open(options.dataset)).value;
      const parts: Record<SplitPart, SampleEntry[]> = { train: [], validation: [], test: [] };
      attributeValues(dataset.samples, column, "column").forEach((word, i) => {
        parts[partOf(word, dataset.samples[i], options)].push(dataset.samples[i]);
      });
      const { train, validation, test } = parts;
      const rng = context.rng("validation");
      const { rest, apart } =
        validation.length > 0
          ? { rest: train, apart: validation }
          : setApart(train, validationShare, "domain", rng, groupBy);
      const fold = { key: "fold-0", train: rest, validation: apart, test };
      if (groupBy !== undefined)
        refuseDividedGroups(fold, groupBy, `Correct the attribute ${column} of one of the two.`);
      return splitOutput(dataset, [fold], { log: context.log, groupBy });
    },
    look: async (context) =>
      (await import("../../look/look-at-split.js")).lookAtSplit([options.dataset], ([only]) => only, context),
  };
}

function partOf(word: string, { id }: SampleEntry, options: SplitColumnOptions): SplitPart {
  const said = word.trim().toLowerCase();
  const parts = ["train", "validation", "test"] as const;
  const part = parts.find((each) => options[each].some((known) => known.toLowerCase() === said));
  if (part !== undefined) return part;
  const known = parts.flatMap((each) => options[each]);
  throw new EosinError({
    code: "SPLIT_PART_UNKNOWN",
    message: `The attribute ${options.column} of a sample names no part of a split.`,
    place: id,
    expected: known.join(", "),
    found: word,
    didYouMean: nearestName(word, known),
    next: "Correct it, or say with `train`, `validation` and `test` what the words are.",
  });
}

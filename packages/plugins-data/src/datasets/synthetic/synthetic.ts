import { EosinError } from "@eosin/plugin-api";
import type { DatasetComponent, SampleEntry } from "@eosin/plugin-api/imaging";
import { sha256Of } from "@eosin/support/sha256";
import { counted, datasetOutput, readerSpec } from "../../samples/dataset-output.js";
import type { SyntheticOptions } from "./options.js";
import type { PatchRecipe } from "./patch-recipe.js";
import { scanners } from "./scan/scanners.js";

/** Counts up with every change of what is drawn: stored results of older patches are then not taken for these. */
const RECIPE_VERSION = 1;

export function createSynthetic(options: SyntheticOptions): DatasetComponent {
  const { perScanner, firstPatch, size, tumourFree, confounders, atypia } = options;
  return {
    async plan(context) {
      const seed = options.seed ?? context.seed;
      const chosen = scanners.slice(0, options.scanners);
      refuseTooMany(chosen.length * perScanner, context.maxSamples);
      const samples = chosen.flatMap(({ name: scanner }) =>
        Array.from({ length: perScanner }, (_, index) =>
          entryOf({ seed, scanner, index: firstPatch + index, size, tumourFree, confounders, atypia }),
        ),
      );
      const summary = `${counted(samples.length, "synthetic patch", "synthetic patches")} of ${counted(chosen.length, "scanner")}`;
      return datasetOutput({ name: "synthetic", summary, reader: readerSpec("data/synthetic", options), samples });
    },
    read: async (entry) => {
      const { drawPatch } = await import("./draw-patch.js");
      return drawPatch(entry.id, entry.source as unknown as PatchRecipe);
    },
  };
}

/** Before they are made: nothing but these options bounds them. */
function refuseTooMany(count: number, most = Number.POSITIVE_INFINITY): void {
  if (count <= most) return;
  throw new EosinError({
    code: "LIMIT_EXCEEDED",
    message: "The data set has more samples than a plan may hold.",
    expected: `at most ${most} samples`,
    found: `${count} samples`,
    next: `Use a smaller \`perScanner\`, or raise the limit: --limit samples=${count}`,
  });
}

function entryOf(recipe: PatchRecipe): SampleEntry {
  const { scanner, index, size } = recipe;
  return {
    id: `${scanner}/${String(index).padStart(4, "0")}`,
    domain: scanner,
    width: size,
    height: size,
    hash: sha256Of(JSON.stringify([RECIPE_VERSION, recipe])),
    source: { ...recipe },
  };
}

// Trains rungs without each scanner in turn, judges them on it, and keeps the figures of every patch.
//   COSAS_ROOT=… pnpm bench:accuracy [RUNG …] [--profile ladder] [--seed 42] [--engine torch]
//     [--precision bfloat16] [--store FOLDER]
// Without a rung, the tables are written again. What a store holds already is not trained again.
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { addPatches, readPatches } from "./accuracy/patches-table.mjs";
import { runRung } from "./accuracy/run-rung.mjs";
import { rungs } from "./accuracy/rungs.mjs";
import { comparisons, resultsPage, summaryRows } from "./accuracy/summary.mjs";
import { writeResults } from "./result-file.mjs";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values: flags, positionals: asked } = parseArgs({
  allowPositionals: true,
  options: {
    profile: { type: "string", default: "ladder" },
    seed: { type: "string", default: "42" },
    engine: { type: "string", default: "torch" },
    precision: { type: "string", default: "float32" },
    store: { type: "string", default: join(root, ".eosin/accuracy") },
  },
});
const table = join(root, "benchmarks/results/accuracy-patches.csv");

for (const name of asked) {
  const rung = rungs.find((each) => each.name === name);
  if (!rung) throw new Error(`No rung ${name}; there are ${rungs.map((each) => each.name).join(", ")}.`);
  addPatches(table, await runRung(rung, { ...flags, seed: Number(flags.seed) }));
  writeTables();
}
if (asked.length === 0) writeTables();

function writeTables() {
  const patches = readPatches(table);
  const rows = summaryRows(patches);
  writeResults(join(root, "benchmarks/results/accuracy.json"), rows);
  writeFileSync(join(root, "docs/results.md"), resultsPage(rows, comparisons(patches)));
  for (const { rung, profile, scanner, seed, score } of rows)
    console.log([rung, profile, seed, scanner, score].join("  "));
}

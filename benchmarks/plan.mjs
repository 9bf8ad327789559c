// Wall time of `pipe plan` for the sweep of 11 α on 4 folds, process start included: node benchmarks/plan.mjs [RUNS]
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { median, writeResults } from "./result-file.mjs";

const runs = Number(process.argv[2] ?? 15);
const root = fileURLToPath(new URL("..", import.meta.url));
const store = mkdtempSync(join(tmpdir(), "eosin-plan-"));
const pipeline = "pipelines/cosas-alpha-sweep.yaml";
const common = ["--set", "params.folds=4", "--store", store];
const cases = {
  "node starts and ends": ["-e", ""],
  "pipe --help": ["packages/cli/dist/bin.js", "--help"],
  "pipe plan --json, 11 α × 4 folds": ["packages/cli/dist/bin.js", "plan", pipeline, ...common, "--json"],
  "pipe plan --origin, 11 α × 4 folds": ["packages/cli/dist/bin.js", "plan", pipeline, ...common, "--origin"],
  "pipe plan with the memory that training needs": ["packages/cli/dist/bin.js", "plan", pipeline, ...common],
};

/** Cases in turns, so that other work on the machine meets all of them. */
const times = Object.fromEntries(Object.keys(cases).map((name) => [name, []]));
for (let run = 0; run <= runs; run++) {
  for (const [name, args] of Object.entries(cases)) {
    const started = performance.now();
    const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
    if (status !== 0) throw new Error(stderr);
    // The first turn fills the file cache and the memory of hashes.
    if (run > 0) times[name].push(performance.now() - started);
  }
}
rmSync(store, { recursive: true });
const rows = Object.entries(times).map(([name, all]) => ({
  name,
  unit: "ms",
  median: Math.round(median(all)),
  least: Math.round(Math.min(...all)),
  most: Math.round(Math.max(...all)),
}));
for (const { name, median: middle, least, most } of rows)
  console.log(`${name.padEnd(48)} ${middle} ms (${least}–${most})`);
writeResults(join(root, "benchmarks/results/plan.json"), rows, { runs });

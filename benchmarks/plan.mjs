// Wall time of `pipe plan` for the sweep of 11 α on 4 folds, process start included: node benchmarks/plan.mjs [RUNS]
// With --large also of 100 000 patches in five folds, hashes and sizes remembered, and the bytes of its plan (minutes);
// --patches=FOLDER: where these patches stay for another time.
import { spawnSync } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { largePlan, planSizes } from "./plan/large.mjs";
import { median, writeResults } from "./result-file.mjs";

const large = process.argv.includes("--large");
const kept = process.argv.find((each) => each.startsWith("--patches="))?.slice("--patches=".length);
const runs = Number(process.argv.slice(2).find((each) => /^\d+$/.test(each)) ?? 15);
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
if (large) rows.push(...(await largeRows(100_000)));
for (const { name, unit, median: middle, least, most, must } of rows) {
  const range = least === undefined ? "" : ` (${least}–${most})`;
  console.log(`${name.padEnd(56)} ${middle} ${unit}${range}${must === undefined ? "" : `, must be < ${must}`}`);
}
writeResults(join(root, "benchmarks/results/plan.json"), rows, { runs });

async function largeRows(count) {
  const { folder, document, remove } = await largePlan(count, kept);
  const more = ["--store", join(folder, "store"), "--limit", "samples=1000000"];
  const what = `${count} patches × 5 folds`;
  try {
    const took = [];
    for (let run = 0; run < 6; run++) {
      const started = performance.now();
      const args = ["packages/cli/dist/bin.js", "plan", document, ...more];
      const { status, stderr } = spawnSync(process.execPath, args, { cwd: root, encoding: "utf8", maxBuffer: 1 << 28 });
      if (status !== 0) throw new Error(stderr);
      if (run > 0) took.push(performance.now() - started);
    }
    const { plan, beside } = await planSizes(document, join(folder, "store"));
    return [
      {
        name: `pipe plan, ${what}`,
        unit: "ms",
        median: Math.round(median(took)),
        least: Math.round(Math.min(...took)),
        most: Math.round(Math.max(...took)),
        must: 5000,
      },
      { name: `plan.json of ${what}`, unit: "bytes", median: plan, must: 5_000_000 },
      { name: `planned values beside it`, unit: "bytes", median: beside },
    ];
  } finally {
    remove();
  }
}

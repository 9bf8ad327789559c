import { readFileSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { writeFolderPlugin } from "../fixtures/folder-plugin.js";
import { doneAndReused } from "../fixtures/run-events.js";
import { createWorkspace, readJson, type Workspace } from "../fixtures/workspace.js";

/** Trains nothing; fails at the points that the file `broken` beside the document names. */
const plugin = `import { existsSync, readFileSync } from "node:fs";
import { artifact, artifacts, defineEvaluator, defineReporter, defineStep, defineTrainer, listOfHandles, defineArtifact } from "@eosin/plugin-api";

const commonArtifact = defineArtifact("common", z.unknown());
const modelArtifact = defineArtifact("model", z.unknown());
const predictionsArtifact = defineArtifact("predictions", z.unknown());
const reportArtifact = defineArtifact("report", z.unknown());
const point = defineTrainer({
  type: "toy/point", summary: "A point.", produces: modelArtifact,
  options: z.strictObject({ alpha: z.number(), fold: z.number(), common: artifact(commonArtifact) }),
  create: ({ options }) => ({ async run({ baseFolder }) {
    const file = baseFolder + "/broken";
    if (existsSync(file) && readFileSync(file, "utf8").split(" ").includes(options.alpha + "/" + options.fold)) throw new Error("the loss is not a number");
    return options.alpha;
  } }),
});
const judge = defineEvaluator({
  type: "toy/judge", summary: "Judges.", produces: predictionsArtifact,
  options: z.strictObject({ model: artifact(modelArtifact) }),
  create: ({ options }) => ({ run: async ({ open }) => (await open(options.model)).value * 2 }),
});
const common = defineStep({
  type: "toy/common", summary: "What the points share.", produces: commonArtifact, options: z.strictObject({}),
  create: () => ({ run: async () => 1 }),
});
const table = defineReporter({
  type: "toy/table", summary: "A table.", produces: reportArtifact, doesWithout: ["points", "extra"],
  options: z.strictObject({ points: artifacts(predictionsArtifact), extra: artifacts(modelArtifact).optional() }),
  create: ({ options }) => ({ async run({ open, output, missing = [] }) {
    const rows = await Promise.all(listOfHandles(options.points).map(async (each) => (await open(each)).instance));
    const extra = options.extra === undefined ? "none" : String(listOfHandles(options.extra).length);
    await output.write("table.txt", [...rows, "models " + extra, ...missing.map((each) => each.instance + " missing: " + each.message)].join("\\n"));
    return {};
  } }),
});
const all = defineReporter({
  type: "toy/all", summary: "Needs all.", produces: reportArtifact,
  options: z.strictObject({ points: artifacts(predictionsArtifact) }),
  create: () => ({ run: async ({ output }) => (await output.write("all.txt", "all"), {}) }),
});
export default definePlugin({ name: "toy", components: [common, point, judge, table, all] });
`;

const pipeline = `name: sweep
plugins: { ./toy: "*" }
steps:
  common: { uses: toy/common }
  train:
    uses: toy/point
    matrix: { alpha: [0, 0.5, 1], fold: [1, 2] }
    with: { alpha: "\${matrix.alpha}", fold: "\${matrix.fold}", common: "\${steps.common}" }
  judge: { uses: toy/judge, matrix: { alpha: [0, 0.5, 1], fold: [1, 2] }, with: { model: "\${steps.train}" } }
  table: { uses: toy/table, with: { points: "\${steps.judge}", extra: "\${steps.train}" } }
  all: { uses: toy/all, with: { points: "\${steps.judge}" } }
`;

let workspace: Workspace;
const table = () => readFileSync(join(workspace.runs().at(-1)!, "table/table.txt"), "utf8").split("\n");
const failed = "train[alpha=0.5,fold=2]";
const lost = "judge[alpha=0.5,fold=2]";

beforeEach(() => {
  workspace = createWorkspace();
  writeFolderPlugin(workspace, "toy", plugin);
  workspace.write("sweep.yaml", pipeline);
});
afterEach(() => workspace.remove());

it("a point that fails takes only itself; the table says so, and the run continues from there", async () => {
  workspace.write("broken", "0.5/2");
  const first = await workspace.pipe("run", "sweep.yaml");
  expect(first.code, first.stderr).toBe(1);
  expect(first.stdout).toContain(`failed      ${failed}`);
  expect(first.stdout).toMatch(/failed {6}train\[alpha=0\.5,fold=2\] .*the loss is not a number \[STEP_FAILED\]/);
  expect(first.stdout).toContain(`skipped     ${lost}  needs ${failed}`);
  expect(first.stdout).toMatch(/skipped {5}all +needs train\[alpha=0\.5,fold=2\]/);
  expect(first.stdout).toMatch(
    /incomplete {2}table +goes without judge\[alpha=0\.5,fold=2\], train\[alpha=0\.5,fold=2\]/,
  );
  expect(table()).toEqual([
    ...["0,fold=1", "0,fold=2", "0.5,fold=1", "1,fold=1", "1,fold=2"].map((point) => `judge[alpha=${point}]`),
    "models 5",
    expect.stringContaining(`${lost} missing: ${failed} (toy/point) failed: the loss is not a number`),
    expect.stringContaining(`${failed} missing: ${failed} (toy/point) failed: the loss is not a number`),
  ]);

  const again = await workspace.pipe("run", "sweep.yaml", "--json");
  expect(again.code).toBe(1);
  const { done, reused } = doneAndReused(again.stdout);
  expect(done).toEqual([]);
  expect(reused).toContain("table");

  rmSync(join(workspace.folder, "broken"));
  const repaired = await workspace.pipe("run", "sweep.yaml", "--json");
  expect(repaired.code, repaired.stdout).toBe(0);
  expect(doneAndReused(repaired.stdout).done).toEqual(["all", lost, "table", failed].sort());
  expect(table()).toHaveLength(7);
});

it("the stored report of a failed run is another than the whole one's", async () => {
  workspace.write("broken", "1/1");
  await workspace.pipe("run", "sweep.yaml");
  const run = workspace.runs().at(-1)!;
  const whole = readJson<{ instances: { id: string; fingerprint: string }[] }>(run, "plan.json").instances;
  const stored = readJson<Record<string, string>>(run, "artifacts.json");
  expect(stored.table).toMatch(/^[0-9a-f]{64}$/);
  expect(stored.table).not.toBe(whole.find(({ id }) => id === "table")?.fingerprint);
  expect(stored).not.toHaveProperty("all");
});

it("a report that has nothing left to show is skipped, by name", async () => {
  workspace.write("broken", "0/1 0/2 0.5/1 0.5/2 1/1 1/2");
  const { code, stdout } = await workspace.pipe("run", "sweep.yaml");
  expect(code).toBe(1);
  expect(stdout).toMatch(/skipped {2}table +needs train\[alpha=0,fold=1\]/);
});

it("an optional artifact that is missing is left out", async () => {
  workspace.write(
    "optional.yaml",
    `${pipeline.replace("name: sweep", "name: optional").replace('extra: "${steps.train}"', 'extra: "${steps.other}"')}  other: { uses: toy/point, with: { alpha: 7, fold: 7, common: "\${steps.common}" } }\n`,
  );
  workspace.write("broken", "7/7");
  const { code, stdout } = await workspace.pipe("run", "optional.yaml");
  expect(code, stdout).toBe(1);
  expect(table().filter((line) => line.startsWith("models"))).toEqual(["models none"]);
});

it("what the points share is computed once", async () => {
  const { stdout } = await workspace.pipe("run", "sweep.yaml", "--json");
  const { done } = doneAndReused(stdout);
  expect(done.filter((id) => id === "common")).toEqual(["common"]);
  expect(done).toHaveLength(1 + 6 + 6 + 2);
});

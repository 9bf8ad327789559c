import { appendFileSync, readFileSync, writeFileSync } from "node:fs";
import { basename, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectOneError } from "../fixtures/expect-one-error.js";
import { writeFolderPlugin } from "../fixtures/folder-plugin.js";
import { multitask, pipelinesFolder } from "../fixtures/small-job.js";
import { createWorkspace, type Workspace } from "../fixtures/workspace.js";

const plugin = `import { existsSync } from "node:fs";
import { artifact, artifacts, defineReporter, defineTrainer, defineArtifact } from "@eosin/plugin-api";

const modelArtifact = defineArtifact("model", z.unknown());
const reportArtifact = defineArtifact("report", z.unknown());
const train = defineTrainer({
  type: "toy/train", summary: "Trains.", produces: modelArtifact,
  options: z.strictObject({ alpha: z.number().default(0.3), layers: z.number().default(2) }),
  create: ({ options }) => ({ run: async ({ baseFolder }) => {
    if (options.alpha === 1 && existsSync(baseFolder + "/broken")) throw new Error("the loss is not a number");
    return options.alpha;
  } }),
});
const table = defineReporter({
  type: "toy/table", summary: "A table <of> models.", produces: reportArtifact,
  options: z.strictObject({ models: artifacts(modelArtifact) }),
  create: () => ({ run: async ({ output }) => (await output.write("a.txt", "a"), {}) }),
});
export default definePlugin({ name: "toy", components: [train, table] });
`;
const pipeline = `name: toy
plugins: { ./toy: "*" }
params: { layers: 2 }
profiles: { deep: { params: { layers: 8 } } }
steps:
  train: { uses: toy/train, matrix: { alpha: [0, 1] }, with: { alpha: "\${matrix.alpha}", layers: "\${params.layers}" } }
  table: { uses: toy/table, with: { models: "\${steps.train}" } }
`;

let workspace: Workspace;
beforeAll(() => {
  workspace = createWorkspace();
  writeFolderPlugin(workspace, "toy", plugin);
  workspace.write("toy.yaml", pipeline);
});
afterAll(() => workspace.remove());

async function stdoutOf(...args: string[]): Promise<string> {
  const { code, stdout, stderr } = await workspace.pipe(...args);
  expect(code, stderr).toBe(0);
  return stdout;
}

describe("pipe plan --origin", () => {
  it("says of each value which file and line, profile, flag or default it comes from", async () => {
    const text = await stdoutOf("plan", "toy.yaml", "--origin", "--profile", "deep", "--set", "seed=3");
    const rows = text.split("\n").map((line) => line.split(/ {2,}/));
    expect(rows).toContainEqual(["seed", "3", "--set seed=3"]);
    expect(rows).toContainEqual(["steps.train.matrix.alpha", "[0,1]", "toy.yaml:6"]);
    expect(rows).toContainEqual([
      "steps.train.with.layers",
      "8",
      "toy.yaml:4 (profile deep), by ${params.layers} at toy.yaml:6",
    ]);
  });

  it("needs no data, and gives JSON", async () => {
    const text = await stdoutOf("plan", multitask, "--origin", "--profile", "paper", "--json", "--engine", "wasm");
    const settings = JSON.parse(text) as { path: string; value: unknown; origin: object; said: string }[];
    const of = (path: string) => settings.find((each) => each.path === path);
    expect(of("engine.name")).toMatchObject({ value: "wasm", origin: { from: "flag" }, said: "--engine wasm" });
    expect(of("steps.train.with.optimizer.with.beta1")).toMatchObject({
      value: 0.9,
      origin: { from: "default", of: "model/adam" },
    });
    expect(of("steps.data.with.root")).toMatchObject({ origin: { from: "environment", variable: "COSAS_ROOT" } });
  });

  it("refuses a document that is wrong", async () => {
    const outcome = await workspace.pipe("plan", "toy.yaml", "--origin", "--set", "params.layers=many");
    expectOneError(outcome, { exit: 2, code: "INVALID_VALUE", at: "--set params.layers=many", says: ["a number"] });
  });
});

describe("pipe diff", () => {
  it("between two documents: options, with both origins", async () => {
    const text = await stdoutOf("diff", multitask, join(pipelinesFolder, "ablations/geometry-only.yaml"));
    expect(text).toMatch(
      /\n1 difference\n\nsteps\.train\.with\.augment\.stain\/one-of\n {3}A {2}stain\/one-of .*cosas-multitask\.yaml:62\n {3}B {2}–\n$/,
    );
  });

  it("between profiles and flags of one document", async () => {
    const text = await stdoutOf("diff", "toy.yaml", "toy.yaml", "--profile-b", "deep", "--set-a", "seed=1");
    expect(text).toContain("2 differences");
    expect(text).toContain("seed\n   A  1  --set seed=1\n   B  0  default of Eosin");
    expect(text).toContain("   B  8  toy.yaml:4 (profile deep)\n   reaches steps.train.with.layers");
  });

  it("between a document and itself there is none", async () => {
    expect(await stdoutOf("diff", "toy.yaml", "toy.yaml")).toContain("Nothing differs.");
  });

  it("data by content, the engine by what it is", async () => {
    const sets = ["--set-b", "steps.data.with.perScanner=4"];
    const text = await stdoutOf("diff", multitask, multitask, ...sets, "--json");
    const { settings, parts } = JSON.parse(text) as { settings: { path: string }[]; parts: object[] };
    expect(settings.map((each) => each.path)).toEqual(["steps.data.with.perScanner"]);
    expect(parts).toMatchObject([
      {
        what: "data",
        name: "data",
        a: expect.stringContaining("120 synthetic patches"),
        b: expect.stringContaining("12 synthetic patches"),
      },
      { what: "data", name: "folds" },
    ]);
  });

  it("data that is not here is not compared, and that is said", async () => {
    const text = await stdoutOf("diff", multitask, multitask, "--profile", "paper", "--set-b", "params.alpha=0");
    expect(text).toContain("1 difference\n");
    expect(text).toContain("not compared: COSAS_ROOT is not set");
  });

  it("between runs: options, and plugins that were edited in between", async () => {
    await stdoutOf("run", "toy.yaml");
    appendFileSync(join(workspace.folder, "toy/index.js"), "// edited\n");
    await stdoutOf("run", "toy.yaml", "--set", "params.layers=3");
    const [first, second] = workspace.runs().slice(-2);
    const text = await stdoutOf("diff", first, second);
    expect(text).toContain("2 differences");
    expect(text).toContain("params.layers\n   A  2  toy.yaml:3\n   B  3  --set params.layers=3");
    expect(text).toMatch(/plugin toy\n {3}A {2}1\.0\.0 \(files \w+\)\n {3}B {2}1\.0\.0 \(files \w+\)/);
  });

  it("a run goes by its name too, and a document's name means its newest run", async () => {
    const [first, second] = workspace.runs().slice(-2);
    const byFolder = await stdoutOf("diff", first, second);
    expect(await stdoutOf("diff", basename(first), basename(second))).toBe(byFolder);
    expect(await stdoutOf("diff", basename(first), "toy")).toBe(byFolder);
    expect(await stdoutOf("diff", "toy.yaml", "toy")).toContain("params.layers\n   A  2  toy.yaml:3\n   B  3  --set");
  });

  it("a flag that would change a run is refused", async () => {
    for (const [flag, value] of [
      ["--set-b", "seed=1"],
      ["--profile-b", "deep"],
    ]) {
      const outcome = await workspace.pipe("diff", "toy.yaml", "toy", flag, value);
      expectOneError(outcome, { exit: 2, code: "BAD_FLAG", at: flag, says: ["the run .eosin/runs/"] });
    }
    expect(await stdoutOf("diff", "toy.yaml", "toy", "--set-a", "params.layers=3")).not.toContain("params.layers");
  });

  it("a name that no run has is refused with the nearest", async () => {
    const outcome = await workspace.pipe("diff", "toy.yaml", "toi");
    expectOneError(outcome, { exit: 2, code: "NO_RUN", at: undefined, says: ["did you mean  toy", "runs of toy"] });
  });
});

describe("pipe graph", () => {
  it("has one box a step, with what its instances would do", async () => {
    workspace.write("states.yaml", pipeline.replace("name: toy", "name: states"));
    workspace.write("broken", "");
    await workspace.pipe("run", "states.yaml", "--set", "params.layers=5");
    const text = await stdoutOf("graph", "states.yaml", "--set", "params.layers=5");
    expect(text).toContain('n0["<b>train</b><br/>toy/train<br/>1 failed in the last run, 1 stored"]:::failed');
    expect(text).toContain('n1["<b>table</b><br/>toy/table<br/>would run"]:::runs');
    expect(text).toContain("  n0 --> n1\n");
    const whole = await stdoutOf("graph", "states.yaml", "--set", "params.layers=5", "--instances");
    expect(whole).toContain('["<b>train[0]</b><br/>toy/train<br/>stored"]:::stored');
    expect(whole).toContain('["<b>train[1]</b><br/>toy/train<br/>failed in the last run"]:::failed');
  });

  it("is an SVG of the same bytes each time, by the name of the file", async () => {
    const file = join(workspace.folder, "graph.svg");
    await workspace.pipe("graph", multitask, "--out", file);
    const svg = readFileSync(file, "utf8");
    expect(svg).toMatch(/^<svg xmlns="http:\/\/www\.w3\.org\/2000\/svg" width="\d+" height="\d+"/);
    for (const step of ["data", "folds", "train", "stains", "evaluate", "report"])
      expect(svg).toContain(`>${step}</text>`);
    expect(svg.match(/<path d="M/g)).toHaveLength(13);
    expect(svg).toContain(">2 × would run</text>");
    writeFileSync(file, "");
    expect(await stdoutOf("graph", multitask, "--format", "svg")).toBe(svg);
  });
});

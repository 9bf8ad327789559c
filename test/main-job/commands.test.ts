import { execFile } from "node:child_process";
import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Plan } from "@eosin/core";
import { afterAll, describe, expect, it } from "vitest";
import { writePair } from "../../packages/plugins-data/src/testing/picture-folder.test-support.js";
import { isHere } from "../fixtures/required.js";
import { multitask, pipelinesFolder, profilesOf } from "../fixtures/small-job.js";
import { createWorkspace } from "../fixtures/workspace.js";
import { pipeBin } from "../run-pipe.js";

const workspace = createWorkspace();
const shipped = readdirSync(pipelinesFolder).filter((name) => name.endsWith(".yaml"));
const sharedPatches = fileURLToPath(new URL("../../../shared/cosas-mini", import.meta.url));

afterAll(() => workspace.remove());

describe("the shipped pipelines", () => {
  it.each(shipped)("%s is valid in every profile", async (name) => {
    for (const profile of profilesOf(name)) {
      const { code, stdout, stderr } = await workspace.pipe("validate", join(pipelinesFolder, name), "-p", profile);
      expect(code, stderr).toBe(0);
      expect(stdout).toContain(`valid (profile ${profile}`);
      expect(stdout.includes("COSAS_ROOT, which is not set")).toBe(profile !== "demo");
    }
  });

  it.each(shipped)("%s plans in its demo profile", async (name) => {
    const { code, stderr } = await workspace.pipe("plan", join(pipelinesFolder, name), "--json");
    expect(code, stderr).toBe(0);
  });

  it("the α sweep trains eleven networks a fold on shared data, folds and baselines", async () => {
    const { stdout } = await workspace.pipe("plan", join(pipelinesFolder, "cosas-alpha-sweep.yaml"), "--json");
    const { instances } = JSON.parse(stdout) as Plan;
    const counts: { [step: string]: number } = {};
    for (const { step } of instances) counts[step] = (counts[step] ?? 0) + 1;
    expect(counts).toEqual({
      data: 1,
      folds: 1,
      train: 22,
      stains: 1,
      evaluate: 22,
      "all-tumour": 2,
      "colour-alone": 2,
      report: 1,
    });
    const alphas = instances.filter((each) => each.step === "train").map((each) => lossOf(each.options).alpha);
    expect(alphas.sort()).toEqual([0, 0.1, 0.2, 0.3, 0.4, 0.5, 0.6, 0.7, 0.8, 0.9, 1].flatMap((each) => [each, each]));
    for (const instance of instances.filter((each) => each.step === "evaluate")) {
      expect(instance.inputs).toContain(instance.id.replace("evaluate", "train"));
    }
  });

  function lossOf(options: unknown): { alpha: number } {
    return (options as { loss: { with: { alpha: number } } }).loss.with;
  }
});

describe("the paper's profile", () => {
  it.skipIf(!isHere("golden", existsSync(sharedPatches), "../shared/cosas-mini"))(
    "plans on real patches and says how much memory training needs",
    async () => {
      const paper = ["plan", multitask, "--profile", "paper"];
      const { code, stdout, stderr } = await workspace.pipeWith({ COSAS_ROOT: sharedPatches }, ...paper);
      expect(code, stderr).toBe(0);
      expect(stdout).toMatch(/profile +paper\ndata +180 patches of 3 scanners/);
      expect(stdout).not.toContain("differs from");
      expectMemoryOfPaper(stdout);
    },
  );

  it("plans on drawn patches and says how much memory training needs", async () => {
    for (const scanner of ["kfbio-400", "3d-1000", "teksqray-600p"]) {
      for (let i = 0; i < 8; i++) {
        const folder = join(workspace.folder, "drawn/task2", scanner);
        await writePair(join(folder, `image/${i}.png`), join(folder, `mask/${i}.png`), 64, 64, i);
      }
    }
    const paper = ["plan", multitask, "--profile", "paper"];
    const { code, stdout, stderr } = await workspace.pipeWith({ COSAS_ROOT: "./drawn" }, ...paper);
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/data +24 patches of 3 scanners/);
    expectMemoryOfPaper(stdout);
  });

  function expectMemoryOfPaper(stdout: string): void {
    expect(stdout).toMatch(/train\[fold-0\] \(and 3 like it\) needs \d+ GiB and .* for a training step on 32 samples/);
    expect(stdout).toContain("70,404,641 parameters");
    expect(stdout).toMatch(/in micro-batches of one sample it would need [\d.]+ GiB/);
    expect(stdout).toMatch(/the engine wasm offers [\d.]+ GiB: not even one sample fits/);
    expect(stdout).toContain("pipe weights fetch efficientnet-b7");
  }
});

describe("pipe", () => {
  it("lists every component by kind, one with its options, and as JSON", async () => {
    const { stdout: all } = await workspace.pipe("list");
    for (const type of ["data/synthetic", "stain/randstainna", "model/trainer", "metrics/dice"]) {
      expect(all).toMatch(new RegExp(`^ {2}${type} +\\w`, "m"));
    }
    const { stdout: one } = await workspace.pipe("list", "stain/randstainna");
    expect(one).toMatch(/^ {2}p +a number from 0 to 1 +1/m);
    const { stdout: augmenters } = await workspace.pipe("list", "augmenter", "--json");
    const rows = JSON.parse(augmenters) as { kind: string; summary: string; options: object[] }[];
    expect(rows.length).toBeGreaterThan(5);
    for (const row of rows) expect(row).toMatchObject({ kind: "augmenter", summary: expect.stringMatching(/\.$/) });
  });

  it("doctor shows machine, engines and plugins, also as JSON", async () => {
    const { code, stdout } = await workspace.pipe("doctor");
    expect(code).toBe(0);
    expect(stdout).toMatch(/machine\n {2}Node v\d+[\s\S]*engines\n[\s\S]* wasm [\s\S]*auto takes \w+[\s\S]*plugins\n/);
    const json = JSON.parse((await workspace.pipe("doctor", "--json")).stdout);
    expect(json.engines.map((each: { name: string }) => each.name)).toContain("wasm");
    expect(json.plugins).toHaveLength(5);
  });

  it("schema knows the options of every component", async () => {
    const schema = JSON.parse((await workspace.pipe("schema")).stdout);
    expect(schema.$schema).toContain("json-schema.org");
    for (const type of ["data/synthetic", "model/trainer"]) expect(JSON.stringify(schema)).toContain(`"${type}"`);
  });

  it("answers with JSON where a script asks for it", async () => {
    const { stdout: valid } = await workspace.pipe("validate", multitask, "--json");
    expect(JSON.parse(valid)).toEqual([]);
    const wrong = await workspace.pipe("validate", multitask, "--json", "--set", "params.epochs=many");
    expect(wrong.code).toBe(2);
    expect(JSON.parse(wrong.stdout)).toMatchObject([{ code: "INVALID_VALUE" }]);
    const { stdout: planned } = await workspace.pipe("plan", multitask, "--json");
    expect(JSON.parse(planned)).toMatchObject({ document: { name: "cosas-multitask", profile: "demo" } });
  });

  it("--dry-run and plan run nothing", async () => {
    const { code, stdout } = await workspace.pipe("run", multitask, "--dry-run");
    expect(code).toBe(0);
    expect(stdout).toMatch(/^train\[fold-1\] +model\/trainer +[0-9a-f]{12} +runs$/m);
    expect(existsSync(join(workspace.folder, ".eosin/runs"))).toBe(false);
  });

  it("ends in silence when nobody reads on", async () => {
    const { stdout, stderr } = await promisify(execFile)("sh", [
      "-c",
      `"$0" "$1" schema | head -n 1`,
      process.execPath,
      pipeBin,
    ]);
    expect({ stdout, stderr }).toEqual({ stdout: "{\n", stderr: "" });
  });

  it("clean removes runs and what only they refer to", async () => {
    const other = createWorkspace();
    other.write(
      "tiny.yaml",
      [
        "name: tiny",
        'plugins: { "@eosin/plugins-data": "*", "@eosin/plugins-model": "*" }',
        "steps:",
        "  data: { uses: data/synthetic, with: { perScanner: 4, size: 64 } }",
        '  folds: { uses: data/holdout, with: { dataset: "${steps.data}" } }',
        "  all-tumour:",
        "    uses: model/baseline-all-foreground",
        "    each: { fold: '${steps.folds}' }",
        '    with: { split: "${each.fold}", size: 64 }',
      ].join("\n"),
    );
    const ran = await other.pipe("run", "tiny.yaml");
    expect(ran.code, ran.stderr).toBe(0);
    expect((await other.pipe("clean")).stdout).toMatch(/^removed 0 runs and 0 stored outputs/);
    expect((await other.pipe("run", "tiny.yaml")).stdout).toMatch(/0 run, 1 reused/);
    expect((await other.pipe("clean", "--all")).stdout).toMatch(/^removed 2 runs and 1 stored outputs/);
    expect((await other.pipe("run", "tiny.yaml")).stdout).toMatch(/1 run, 0 reused/);
    other.remove();
  });

  it("exits with 2 and a hint for a command or a flag that it does not know", async () => {
    expect(await workspace.pipe("rnu")).toMatchObject({
      code: 2,
      stderr: expect.stringContaining("Did you mean run?"),
    });
    const flag = await workspace.pipe("run", multitask, "--fersh");
    expect(flag).toMatchObject({ code: 2, stderr: expect.stringContaining("Did you mean --fresh?") });
    const jobs = await workspace.pipe("run", multitask, "--jobs", "0");
    expect(jobs).toMatchObject({ code: 2, stderr: expect.stringContaining("whole number from 1") });
    expect(await workspace.pipe("--version")).toMatchObject({
      code: 0,
      stdout: expect.stringMatching(/^\d+\.\d+\.\d+/),
    });
  });
});

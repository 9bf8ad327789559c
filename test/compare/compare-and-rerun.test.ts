import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import type { Comparison } from "@eosin/plugins-metrics/compare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { codeBlocks } from "../docs/code-blocks.js";
import { linkContract, writeFolderPlugin } from "../fixtures/folder-plugin.js";
import { multitask, pipelinesFolder, smallJob } from "../fixtures/small-job.js";
import { createWorkspace, readJson } from "../fixtures/workspace.js";

const workspace = createWorkspace();
afterAll(() => workspace.remove());

const base = `extends: ${multitask}\nname: whole\n`;
let runs: readonly string[];
let document: string;

/** Two runs that share data, folds and baselines. */
beforeAll(async () => {
  document = workspace.write("whole.yaml", base);
  for (const args of [
    ["run", document, ...smallJob],
    ["run", join(pipelinesFolder, "cosas-multitask-alpha0.yaml"), ...smallJob],
  ]) {
    const { code, stderr } = await workspace.pipe(...args);
    expect(code, stderr).toBe(0);
  }
  runs = workspace.runs();
}, 300_000);

it("the command of docs/author-a-plugin.md counts what runs predicted", async () => {
  const page = readFileSync(new URL("../../docs/author-a-plugin.md", import.meta.url), "utf8");
  for (const { fileName, text } of codeBlocks(page)) {
    if (fileName?.startsWith("tiny-command/")) workspace.write(`lab/node_modules/${fileName}`, text);
  }
  workspace.write("lab/package.json", '{ "dependencies": { "tiny-command": "*" } }');
  linkContract(workspace);
  const { stdout, stderr } = await workspace.pipeIn("lab", "patches", ...runs, "--json");
  expect(stderr).toBe("");
  const counts = JSON.parse(stdout) as { readonly [domain: string]: number };
  expect(Object.values(counts).every((count) => count > 0)).toBe(true);
  const shown = await workspace.pipeIn("lab", "patches", "whole", "--store", "../.eosin", "-m", "1");
  expect(shown).toMatchObject({ code: 0, stdout: expect.stringMatching(/^[\w-]+ {2}\d+\n$/) });
});

describe("pipe compare", () => {
  it("prints figures, paired differences and settings, and writes one page", async () => {
    const { code, stdout, stderr } = await workspace.pipe("compare", "whole", "cosas-multitask-alpha0");
    expect(stderr).toBe("");
    expect(code).toBe(0);
    expect(stdout).toContain("Difference to whole, image by image");
    expect(stdout).toMatch(/train\.loss\.alpha +0\.3 +0\n/);
    expect(stdout).toMatch(/paper: U-Net, EfficientNet-B7, supervised +0\.883 +0\.791/);
    const page = readFileSync(join(workspace.folder, "compare.html"), "utf8");
    expect(page).toContain("The same patch side by side");
    // A small job is not a sweep of numbers: there is no curve.
    expect(page).not.toContain("<svg");
  });

  it("traces every figure to fingerprint and line, and agrees with the report", async () => {
    const { stdout } = await workspace.pipe("compare", ...runs, "--json", "--baselines");
    const comparison = JSON.parse(stdout) as Comparison;
    expect(comparison.contenders.map(({ name }) => name)).toEqual([
      "whole",
      "everything is tumour",
      "colour of the pixel, logistic regression",
      "cosas-multitask-alpha0",
    ]);
    const [whole] = comparison.contenders;
    const artifacts = readJson<Record<string, string>>(runs[0], "artifacts.json");
    for (const { instance } of whole.summary.folds) {
      const step = whole.provenance.steps.find((each) => each.instance === instance)!;
      expect(step.fingerprint).toBe(artifacts[instance]);
      const [file, line] = step.place.split(":");
      const source = readFileSync(join(workspace.folder, file), "utf8").split("\n");
      expect(source[Number(line) - 1]).toBe("  evaluate:");
      expect(whole.provenance.plugins[step.plugin]).toMatch(/^\d+\.\d+\.\d+$/);
    }
    const report = readJson<{ predictors: { overall: object; folds: { instance: string }[] }[] }>(
      runs[0],
      "report/results.json",
    );
    expect(report.predictors[0].overall).toMatchObject(whole.summary.overall);
    expect(report.predictors[0].folds.map(({ instance }) => instance)).toEqual(
      whole.summary.folds.map(({ instance }) => instance),
    );
  });

  it("names what it cannot find", async () => {
    const { code, stderr } = await workspace.pipe("compare", "whole", "cosas-multitask-alpha1");
    expect(code).toBe(2);
    expect(stderr).toContain("[NO_RUN]");
    expect(stderr).toContain("did you mean  cosas-multitask-alpha0");
  });
});

describe("pipe rerun", () => {
  it("repeats a run in another store, locked: the same fingerprints, and a report of the same bytes", async () => {
    // What the document says now does not matter: the run's folder has what it said then.
    writeFileSync(document, base.replace("name: whole", "name: edited\nseed: 7"));
    const other = join(workspace.folder, "other");
    const { code, stdout, stderr } = await workspace.pipe("rerun", runs[0], "--locked", "--store", other);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("every step has the fingerprint that it had");
    expect(stdout).toMatch(/10 run, 0 reused/);
    const run = /^run +(\S+)$/m.exec(stdout)![1];
    const again = join(workspace.folder, run);
    expect(readJson(again, "artifacts.json")).toEqual(readJson(runs[0], "artifacts.json"));
    for (const name of ["index.html", "results.json", "patches.csv"]) {
      expect(readFileSync(join(again, "report", name)).equals(readFileSync(join(runs[0], "report", name)))).toBe(true);
    }
    expect(readJson(again, "demand.json")).toEqual(readJson(runs[0], "demand.json"));
  }, 300_000);

  it("says that an older run does not tell what was asked for", async () => {
    const older = join(workspace.folder, "older");
    cpSync(runs[0], older, { recursive: true });
    rmSync(join(older, "demand.json"));
    const { code, stderr } = await workspace.pipe("rerun", older);
    expect(code).toBe(2);
    expect(stderr).toContain("[NO_RECORD]");
  });
});

describe("pipe rerun --locked", () => {
  const plugin = `export default definePlugin({ name: "counted", components: [{
    $eosin: "component", kind: "step", type: "counted/write", summary: "Writes a text.", produces: { name: "text", schema: z.unknown() },
    options: z.strictObject({ text: z.string() }), create: ({ options }) => ({ run: async () => options.text }),
  }] });`;
  const text = `name: counting
plugins: { ./counted: "*" }
steps:
  write: { uses: counted/write, with: { text: "\${env.COUNTED}" } }
`;
  let run: string;

  beforeAll(async () => {
    mkdirSync(join(workspace.folder, "counted"), { recursive: true });
    writeFolderPlugin(workspace, "counted", plugin);
    const file = workspace.write("counting.yaml", text);
    const { code, stderr } = await workspace.pipeWith({ COUNTED: "one" }, "run", file);
    expect(code, stderr).toBe(0);
    run = workspace.runs().at(-1)!;
  });

  it("needs no variable again: the run's folder has it", async () => {
    expect(readJson<{ env: object }>(run, "demand.json").env).toEqual({ COUNTED: "one" });
    const { code, stdout } = await workspace.pipe("rerun", run, "--locked");
    expect(code).toBe(0);
    expect(stdout).toContain("0 run, 1 reused");
  });

  it("refuses another value, which would not be the same run; without --locked it says so and goes on", async () => {
    const other = ["rerun", run, "--env", "COUNTED=two"];
    const { code, stderr } = await workspace.pipe(...other, "--locked");
    expect(code).toBe(2);
    expect(stderr).toContain("[RERUN_DIFFERS]");
    expect(stderr).toContain('write: options.text: "one" → "two"');
    const { stdout } = await workspace.pipe(...other);
    expect(stdout).toContain('differs from the run in:\n  write: options.text: "one" → "two"');
    expect(stdout).toContain("1 run, 0 reused");
  });

  it("names the plugin whose files were edited, whose version is another, or that is gone", async () => {
    writeFolderPlugin(workspace, "counted", plugin.replace("Writes a text.", "Writes another text."));
    const edited = await workspace.pipe("rerun", run, "--locked");
    expect(edited.code).toBe(2);
    expect(edited.stderr).toContain("[LOCKED_PLUGIN]");
    expect(edited.stderr).toContain("its files were edited or built again");

    const manifest = { name: "counted", version: "2.0.0", type: "module", exports: "./index.js" };
    workspace.write("counted/package.json", JSON.stringify(manifest));
    const newer = await workspace.pipe("rerun", run, "--locked");
    expect(newer.stderr).toMatch(/expected +counted 1\.0\.0, files [0-9a-f]{12}\n +found +counted 2\.0\.0/);
    expect(newer.stderr).toMatch(/next +npm install counted@1\.0\.0/);

    rmSync(join(workspace.folder, "counted"), { recursive: true });
    expect(existsSync(join(workspace.folder, "counted"))).toBe(false);
    const gone = await workspace.pipe("rerun", run, "--locked");
    expect(gone.stderr).toContain("The plugin counted, which the run used, is not installed.");
    expect(gone.stderr).toMatch(/next +npm install counted@1\.0\.0/);
  });
});

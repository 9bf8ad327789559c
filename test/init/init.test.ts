import { existsSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { afterAll, beforeAll, expect, it } from "vitest";
import { expectOneError } from "../fixtures/expect-one-error.js";
import { pipelinesFolder } from "../fixtures/small-job.js";
import { createWorkspace } from "../fixtures/workspace.js";
import type { PipeOutcome } from "../run-pipe.js";

const workspace = createWorkspace();
const at = (name: string) => join(workspace.folder, name);
const read = (name: string) => readFileSync(at(name), "utf8");
const filesIn = (folder: string) =>
  readdirSync(folder, { recursive: true })
    .map(String)
    .filter((name) => /\.(yaml|md)$/.test(name))
    .sort();
const shipped = filesIn(pipelinesFolder);

let first: PipeOutcome;
beforeAll(async () => {
  first = await workspace.pipe("init");
});
afterAll(() => workspace.remove());

it("writes the paper's pipelines, their ablations and the README, and says what to type next", () => {
  expect(first.code, first.stderr).toBe(0);
  expect(filesIn(at("pipelines"))).toEqual(shipped);
  for (const name of shipped) expect(read(`pipelines/${name}`)).toBe(readFileSync(join(pipelinesFolder, name), "utf8"));
  expect(first.stdout).toContain(`${shipped.length + 1} written; pipelines/README.md lists them`);
  expect(first.stdout).toContain("npx pipe run pipelines/cosas-multitask.yaml");
});

it("names a schema that is there in every document: that of the plugins that are installed", async () => {
  for (const name of shipped.filter((each) => each.endsWith(".yaml"))) {
    const schema = /^# yaml-language-server: \$schema=(.+)$/m.exec(read(`pipelines/${name}`))?.[1];
    expect(existsSync(resolve(dirname(at(`pipelines/${name}`)), schema!)), name).toBe(true);
  }
  expect(read("schema/pipeline.schema.json")).toBe((await workspace.pipe("schema")).stdout);
});

it("writes documents that are valid where they are", async () => {
  for (const name of ["pipelines/cosas-multitask.yaml", "pipelines/ablations/mix.yaml"]) {
    const { code, stdout, stderr } = await workspace.pipe("validate", name);
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("valid (profile demo");
  }
});

it("leaves what is there as it is to be, and fetches what is missing", async () => {
  rmSync(at("pipelines/ablations"), { recursive: true });
  const missing = shipped.filter((name) => name.startsWith("ablations"));
  const { stdout } = await workspace.pipe("init");
  expect(missing.length).toBeGreaterThan(10);
  expect(stdout).toContain(`${missing.length} written, ${shipped.length + 1 - missing.length} there already`);
  expect(filesIn(at("pipelines"))).toEqual(shipped);
});

it("overwrites nothing that was changed: one error names it all, and nothing is written", async () => {
  const changed = ["pipelines/cosas-supervised.yaml", "schema/pipeline.schema.json"];
  for (const name of changed) workspace.write(name, "mine\n");
  rmSync(at("pipelines/README.md"));
  expectOneError(await workspace.pipe("init"), {
    exit: 2,
    code: "FILES_DIFFER",
    at: workspace.folder,
    says: ["--force", ...changed.slice(0, 1)],
  });
  for (const name of changed) expect(read(name)).toBe("mine\n");
  expect(existsSync(at("pipelines/README.md"))).toBe(false);
  const forced = await workspace.pipe("init", "--force");
  expect(forced.code, forced.stderr).toBe(0);
  expect(forced.stdout).toMatch(/1 written, 2 overwritten, \d+ there already/);
  expect(filesIn(at("pipelines"))).toEqual(shipped);
  for (const name of changed) expect(read(name)).not.toBe("mine\n");
});

it("takes another folder, and says what is lacking there", async () => {
  const { code, stdout } = await workspace.pipe("init", "my/study");
  expect(code).toBe(0);
  expect(existsSync(at("my/study/pipelines/cosas-multitask.yaml"))).toBe(true);
  expect(stdout.match(/(cd|npm|npx) .*?(?= {2}|$)/gm)).toEqual([
    "cd my/study",
    "npm install @eosin/cli",
    "npx pipe run pipelines/cosas-multitask.yaml",
  ]);
});

it("says so where it cannot write", async () => {
  workspace.write("notes.txt", "mine");
  expectOneError(await workspace.pipe("init", "notes.txt"), {
    exit: 2,
    code: "OUTPUT_UNWRITABLE",
    at: /notes\.txt/,
    says: ["pipe init FOLDER"],
  });
  expect(read("notes.txt")).toBe("mine");
});

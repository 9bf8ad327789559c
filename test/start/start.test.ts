import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { multitask, smallJob } from "../fixtures/small-job.js";
import { createWorkspace, type Workspace } from "../fixtures/workspace.js";

const sweep = fileURLToPath(new URL("../../pipelines/cosas-alpha-sweep.yaml", import.meta.url));
const recorder = new URL("record-modules.mjs", import.meta.url);

let workspace: Workspace;
beforeAll(() => {
  workspace = createWorkspace();
});
afterAll(() => workspace.remove());

/** Code that a command loads: ours as `core/dist/index.js`, that of others by the name of its package, each once. */
async function loadedBy(...args: readonly string[]) {
  const record = join(workspace.folder, `${args.join("-").replaceAll(/\W+/g, "-")}.txt`);
  const preload = `--import ${recorder.href}?to=${encodeURIComponent(record)}`;
  const outcome = await workspace.pipeWith({ NODE_OPTIONS: preload }, ...args);
  expect(outcome).toMatchObject({ code: 0, stderr: "" });
  expect(existsSync(record), "modules were recorded").toBe(true);
  const code = [...new Set(readFileSync(record, "utf8").split("\n"))].filter((file) => /\.[cm]?js$|\.node$/.test(file));
  const packageOf = (file: string) => /.*\/node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(file)?.[1];
  return {
    own: code.flatMap((file) => /\/packages\/([^/]+\/dist\/.*)$/.exec(file)?.[1] ?? []),
    foreign: [...new Set(code.flatMap((file) => packageOf(file) ?? []))].sort(),
  };
}

const named = ["commander", "fastest-levenshtein", "picocolors"];
const planning = [
  "plugins-data/dist/datasets/synthetic/synthetic.js",
  "plugins-data/dist/splits/stratified-kfold/stratified-kfold.js",
];
const compared = [
  "plugins-model/dist/encoders/tiny/tiny.js",
  "plugins-model/dist/losses/segmentation-plus-reconstruction/segmentation-plus-reconstruction.js",
  "plugins-model/dist/losses/segmentation/segmentation.js",
  "plugins-model/dist/networks/multitask-unet/multitask-unet.js",
];

/**
 * Opening a file takes about half a millisecond, before anything in it runs. What fails here makes every command slower:
 * import it where it is used, or accept it on purpose.
 */
describe("a command loads no more than it needs", () => {
  it("pipe --help", async () => {
    const { own, foreign } = await loadedBy("--help");
    expect(foreign).toEqual(["commander"]);
    // Of plugins the manifests alone are read: none of their modules, and no definition of a command of pipe's own.
    expect(own.filter((file) => !file.startsWith("cli/"))).toEqual(["support/dist/find-package.js"]);
    expect(own.filter((file) => file.startsWith("cli/dist/commands/"))).toEqual([]);
  });

  it("pipe plan --origin: the document alone, no component", async () => {
    const { own, foreign } = await loadedBy("plan", sweep, "--origin");
    expect(foreign).toEqual(named);
    expect(own).not.toContain("core/dist/container/component-container.js");
    expect(implementations(own)).toEqual([]);
    expect(own.length).toBeLessThan(450);
  });

  // A trainer's `check` sets its network's heads beside its loss's targets, so it makes both; an engine it never opens.
  it("pipe validate: of the implementations those that a `check` compares", async () => {
    const { own, foreign } = await loadedBy("validate", sweep);
    expect(foreign).toEqual(named);
    expect(implementations(own)).toEqual(compared);
    expect(own.length).toBeLessThan(510);
  });

  it("pipe plan --json: of the implementations those that run while planning or that a `check` compares", async () => {
    const { own, foreign } = await loadedBy("plan", sweep, "--json", "--set", "params.folds=4");
    expect(foreign).toEqual(named);
    expect(implementations(own)).toEqual([...planning, ...compared]);
    expect(own.length).toBeLessThan(540);
  });

  it("pipe run, where everything is stored: no engine, no images, and no estimate of what does not run", async () => {
    const command = ["run", multitask, ...smallJob, "--set", "steps.train.with.workers=0"];
    expect(await workspace.pipe(...command)).toMatchObject({ code: 0 });
    const { own, foreign } = await loadedBy(...command);
    expect(foreign.filter((name) => name.startsWith("@tensorflow/") || name === "sharp")).toEqual([]);
    expect(own).toContain("core/dist/run/run-plan.js");
    expect(own.filter((file) => /estimate-process|plan-estimate/.test(file))).toEqual([]);
    expect(implementations(own)).toEqual([...planning, ...compared]);
  });

  it("pipe plan: tfjs, to measure the training step, but no images and nothing that runs", async () => {
    const { own, foreign } = await loadedBy("plan", sweep);
    expect(foreign).toContain("@tensorflow/tfjs-core");
    expect(foreign).not.toContain("sharp");
    expect(own).not.toContain("core/dist/run/run-plan.js");
  });
});

/** A component's folder holds its `definition.js` and, under the folder's own name, what `create` imports. */
function implementations(own: readonly string[]): readonly string[] {
  return own.filter((file) => /^plugins-.*\/([^/]+)\/\1\.js$/.test(file)).sort();
}

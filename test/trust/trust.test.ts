import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { pathToFileURL } from "node:url";
import type { Plan } from "@eosin/core";
import { API_VERSION } from "@eosin/plugin-api";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { writePair } from "../../packages/plugins-data/src/testing/picture-folder.test-support.js";
import { writeFolderPlugin } from "../fixtures/folder-plugin.js";
import { createWorkspace, readJson } from "../fixtures/workspace.js";
import type { PipeOutcome } from "../run-pipe.js";

const workspace = createWorkspace();
const marker = join(workspace.folder, "imported");

afterAll(() => workspace.remove());
afterEach(() => {
  rmSync(marker, { force: true });
  rmSync(join(workspace.folder, "trusted.jsonl"), { force: true });
});

/** Leaves a mark where it is imported; its step gives a text. @returns Its folder. */
function writeStranger(at: string, name = "stranger", text = "one"): string {
  writeFolderPlugin(
    workspace,
    at,
    `import { writeFileSync } from "node:fs";
writeFileSync(${JSON.stringify(marker)}, "");
export default definePlugin({ name: ${JSON.stringify(name)}, components: [{
  $eosin: "component", kind: "step", type: "${name.replace(/.*\//, "")}/write", summary: "Writes a text.", produces: { name: "text", schema: z.unknown() },
  options: z.strictObject({}), create: () => ({ run: async () => ${JSON.stringify(text)} }),
}] });`,
  );
  workspace.write(
    `${at}/package.json`,
    JSON.stringify({ name, version: "1.0.0", type: "module", exports: "./index.js", keywords: ["eosin-plugin"] }),
  );
  return join(workspace.folder, at);
}

const steps = "steps: { write: { uses: stranger/write } }\n";

function expectRefused({ code, stderr, stdout }: PipeOutcome, place: string): void {
  expect(`${stderr}${stdout}`).toContain("PLUGIN_UNTRUSTED");
  expect(`${stderr}${stdout}`).toContain(place);
  expect(code).toBe(2);
  expect(existsSync(marker), "imported").toBe(false);
}

describe("a plugin that an extended file elsewhere names", () => {
  let place: string;
  let document: string;

  beforeAll(() => {
    workspace.write("project/package.json", "{}");
    place = writeStranger("elsewhere/stranger");
    workspace.write("elsewhere/base.yaml", `name: base\nplugins: { ./stranger: "*" }\n${steps}`);
    document = workspace.write("project/mine.yaml", "extends: ../elsewhere/base.yaml\nname: mine\n");
  });

  it.each([
    "validate",
    "validate --json",
    "plan",
    "plan --origin",
    "graph",
    "explain write",
    "diff",
    "run",
    "run --dry-run",
  ])("is not imported by %s", async (words) => {
    const [command, ...more] = words.split(" ");
    const files = command === "diff" ? [document, document] : [document];
    expectRefused(await workspace.pipe(command, ...files, ...more), place);
  });

  it("is, with --trust, and from then on without, until its files change", async () => {
    expect(await workspace.pipe("validate", document, "--trust")).toMatchObject({ code: 0 });
    expect(existsSync(marker)).toBe(true);
    const { code, stderr } = await workspace.pipe("run", document);
    expect(code, stderr).toBe(0);
    rmSync(marker);
    writeStranger("elsewhere/stranger", "stranger", "two");
    expectRefused(await workspace.pipe("plan", document), "changed since you agreed to it");
  });
});

describe("a plugin of the working folder's project", () => {
  it("is imported; what is installed above the project is not, unless it is trusted", async () => {
    const place = writeStranger("node_modules/stranger");
    workspace.write("inner/package.json", JSON.stringify({ dependencies: { stranger: "*" } }));
    const from = (...args: readonly string[]) => workspace.pipeIn("inner", ...args);
    for (const args of [["list"], ["doctor", "--json"], ["schema"], ["plugin", "list"], ["engine", "list"]]) {
      expectRefused(await from(...args), place);
    }
    expect(await from("list", "--trust")).toMatchObject({ code: 0, stdout: expect.stringContaining("stranger/write") });
    expect(await from("list")).toMatchObject({ code: 0, stdout: expect.stringContaining("stranger/write") });
    mkdirSync(join(workspace.folder, "inner/node_modules"));
    renameSync(place, join(workspace.folder, "inner/node_modules/stranger"));
    rmSync(join(workspace.folder, "trusted.jsonl"));
    expect(await from("list")).toMatchObject({ code: 0, stdout: expect.stringContaining("stranger/write") });
    rmSync(join(workspace.folder, "inner"), { recursive: true });
  });

  it("that the user names with --plugin is imported wherever it is", async () => {
    writeStranger("typed/stranger");
    const named = await workspace.pipeIn("project", "list", "--plugin", "../typed/stranger");
    expect(named).toMatchObject({ code: 0, stdout: expect.stringContaining("stranger/write") });
  });
});

describe("a run", () => {
  const trained = `name: trained
engine: wasm
plugins: { "@eosin/engine": "*", "@eosin/plugins-data": "*", "@eosin/plugins-model": "*", "@eosin/plugins-stain": "*", ./stranger: "*" }
steps:
  write: { uses: stranger/write }
  data: { uses: data/synthetic, with: { scanners: 2, perScanner: 4, size: 32 } }
  fold: { uses: data/holdout, with: { dataset: "\${steps.data}", test: 0.5 } }
  train:
    uses: model/trainer
    each: { fold: "\${steps.fold}" }
    with:
      split: \${each.fold}
      size: 32
      batch: 2
      epochs: 1
      network: { uses: model/unet, with: { encoder: tiny, pretrained: none } }
      loss: { uses: model/segmentation, with: { segmentation: mcc } }
`;
  /** What this user trusts after the run, and the folder that it is sent in. */
  let remembered: string;
  let run: string;
  let sent: string;
  let place: string;

  beforeAll(async () => {
    writeStranger("lab/stranger");
    workspace.write("lab/package.json", "{}");
    const document = workspace.write("lab/trained.yaml", trained);
    await writePair(join(workspace.folder, "p.png"), join(workspace.folder, "m.png"), 32, 32, 1);
    const { code, stderr } = await workspace.pipe("run", document, "--store", "made");
    expect(code, stderr).toBe(0);
    remembered = readFileSync(join(workspace.folder, "trusted.jsonl"), "utf8");
    run = join(workspace.folder, "made/runs", readdirSync(join(workspace.folder, "made/runs"))[0]);
    // A whole project: what is in it must not vouch for what is in it.
    cpSync(join(workspace.folder, "made"), join(workspace.folder, "sent/.eosin"), { recursive: true });
    workspace.write("sent/package.json", "{}");
    sent = run.replace("/made/", "/sent/.eosin/");
    place = writeStranger("sent/evil", "evil");
    writeStranger("sent/node_modules/@eosin/plugins-model", "@eosin/plugins-model");
  }, 120_000);

  const predict = (of: string, ...more: readonly string[]) =>
    workspace.pipeIn("sent", "predict", of, "../p.png", "--out", "../masks", "--rotations", "0", "-e", "wasm", ...more);

  /** The sent plan, edited by who sent it. */
  function edit(change: (plan: { -readonly [Key in keyof Plan]: Plan[Key] }) => void): void {
    const plan = readJson<Plan>(run, "plan.json");
    change(plan);
    writeFileSync(join(sent, "plan.json"), JSON.stringify(plan));
  }

  const evilLock = () => ({
    version: "1.0.0",
    hash: "0".repeat(64),
    apiVersion: API_VERSION,
    requires: [],
    folder: pathToFileURL(place).href,
    module: pathToFileURL(join(place, "index.js")).href,
  });

  it("that this user made needs no question, also when its plugin was edited, or the folder was moved", async () => {
    workspace.write("trusted.jsonl", remembered);
    expect(await predict(run, "--store", "../made")).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^image 1\/1 {2}\S+ images\/s\n$/),
    });
    expect(existsSync(marker)).toBe(true);
    writeStranger("lab/stranger", "stranger", "edited");
    expect(await predict(sent)).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^image 1\/1 {2}\S+ images\/s\n$/),
    });
    const again = await workspace.pipe("rerun", run);
    expect(again.code, again.stderr).toBe(0);
    writeStranger("lab/stranger");
  }, 120_000);

  it("that somebody sent: its folder plugin is asked for, Eosin's own come from beside the command", async () => {
    edit((plan) => {
      plan.baseFolder = join(workspace.folder, "sent");
    });
    expectRefused(await predict(sent), join(workspace.folder, "lab/stranger"));
    edit((plan) => {
      const { stranger: _, ...own } = plan.plugins;
      plan.plugins = own;
      plan.baseFolder = join(workspace.folder, "sent");
    });
    expect(await predict(sent)).toMatchObject({
      code: 0,
      stderr: expect.stringMatching(/^image 1\/1 {2}\S+ images\/s\n$/),
    });
    expect(existsSync(marker), "plugins-model of the sent folder").toBe(false);
  });

  it.each([
    ["a folder", "./evil"],
    ["a folder, absolute in the lock", "evil"],
    ["a name that climbs", "x/../../evil"],
  ])(
    "whose plan names %s: nothing is imported before somebody agrees",
    async (_, name) => {
      workspace.write("trusted.jsonl", remembered);
      mkdirSync(join(workspace.folder, "sent/node_modules/x"), { recursive: true });
      edit((plan) => {
        plan.plugins = { ...plan.plugins, [name]: evilLock() };
        plan.baseFolder = join(workspace.folder, "sent");
      });
      expectRefused(await predict(sent), place);
      expect(await predict(sent, "--trust")).toMatchObject({ code: 0 });
      expect(existsSync(marker)).toBe(true);
      rmSync(marker);
      expect(await predict(sent)).toMatchObject({
        code: 0,
        stderr: expect.stringMatching(/^image 1\/1 {2}\S+ images\/s\n$/),
      });
    },
    120_000,
  );

  it("whose plan was edited is not executed either", async () => {
    workspace.write("trusted.jsonl", remembered);
    const exec = () => workspace.pipeIn("sent", "exec", join(sent, "plan.json"), "write", "--fresh");
    edit((plan) => {
      plan.plugins = { ...plan.plugins, evil: evilLock() };
    });
    expectRefused(await exec(), place);
    // A lock over one folder must not bring in a module of another.
    edit((plan) => {
      const { stranger } = plan.plugins;
      plan.plugins = { ...plan.plugins, stranger: { ...stranger, module: evilLock().module } };
    });
    const { code, stderr } = await workspace.pipeIn(
      "sent",
      "exec",
      join(sent, "plan.json"),
      "write",
      "--fresh",
      "--trust",
    );
    expect(code).toBe(1);
    expect(stderr).toContain("PLUGIN_CHANGED");
    expect(existsSync(marker)).toBe(false);
  });

  it("whose record of what was asked for was edited is not repeated", async () => {
    workspace.write("trusted.jsonl", remembered);
    edit(() => {});
    const demand = readJson<{ files: string[] }>(run, "demand.json");
    const document = join(workspace.folder, "sent/evil.yaml");
    writeFileSync(join(sent, "demand.json"), JSON.stringify({ ...demand, files: [document] }));
    writeFileSync(join(sent, "documents/0-evil.yaml"), `name: evil\nplugins: { ./evil: "*" }\n${steps}`);
    expectRefused(await workspace.pipeIn("sent", "rerun", sent), place);
  });
});

import { mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { offeredKindNames } from "../../packages/cli/src/scaffold/offered-kinds.js";
import { parsePluginName } from "../../packages/cli/src/scaffold/plugin-name.js";
import { writePlugin } from "../../packages/cli/src/scaffold/write-plugin.js";
import { runPipe } from "../run-pipe.js";
import { emptyProject, npm } from "./new-plugin.js";

let work: string;
beforeAll(async () => {
  work = await emptyProject();
});
afterAll(() => rm(dirname(work), { recursive: true }));

const pipe = (args: readonly string[], cwd = work) => runPipe(args, { cwd });
const tableOf = (markdown: string) => /^\| option[\s\S]*?\n(?!\|)/m.exec(`${markdown}\n`)?.[0].trim();

it("is written by one command, which says what to type next", async () => {
  const { code, stdout, stderr } = await pipe(["plugin", "new", "brightness", "--kind", "augmenter"]);
  expect(stderr).toBe("");
  expect(code).toBe(0);
  expect(stdout).toContain("src/augmenter.ts");
  expect(stdout.match(/cd \w+|npm \w+/g)).toEqual(["cd brightness", "npm test", "npm start"]);
  expect((await readdir(join(work, "brightness"))).sort()).toEqual([
    ".changeset",
    ".gitignore",
    "LICENSE",
    "README.md",
    "example.yaml",
    "package.json",
    "src",
    "tsconfig.json",
  ]);
});

it("asks for npm install where Eosin is not found", async () => {
  const alone = await mkdtemp(join(tmpdir(), "eosin-alone-"));
  const { stdout } = await pipe(["plugin", "new", "@my-lab/brightness", "--kind", "augmenter"], alone);
  await rm(alone, { recursive: true });
  expect(stdout).toContain("my-lab/brightness");
  expect(stdout).toContain("npm install");
});

describe.each(offeredKindNames)("a new %s", (kind) => {
  const name = `new-${kind}`;
  const folder = () => join(work, name);

  it("builds, passes its tests and has no mistakes", async () => {
    await writePlugin(folder(), parsePluginName(name), kind);
    const tested = await npm(["test"], folder());
    expect(tested.code, tested.output).toBe(0);
    expect(tested.output).toMatch(/^# pass [12]$/m);
    const linted = await npm(["run", "lint"], folder());
    expect(linted.code, linted.output).toBe(0);
  });

  it("has an example that is valid", async () => {
    const { code, stdout, stderr } = await pipe(["validate", "example.yaml"], folder());
    expect(code, stderr).toBe(0);
    expect(stdout).toContain("valid");
  });
});

it("READMEs have the options that the schemas have", async () => {
  const { stdout } = await pipe(["plugin", "reference", ...offeredKindNames.map((kind) => `./new-${kind}`)]);
  for (const kind of offeredKindNames) {
    const section = stdout.slice(stdout.indexOf(`### mine/new-${kind}\n`));
    expect(tableOf(await readFile(join(work, `new-${kind}/README.md`), "utf8")), kind).toBe(tableOf(section));
  }
});

it("packs what it needs and nothing else", async () => {
  await npm(["run", "build"], join(work, "brightness"));
  const { stdout } = await npm(["pack", "--dry-run", "--json", "--ignore-scripts"], join(work, "brightness"));
  const [{ files }] = JSON.parse(stdout) as [{ files: { path: string }[] }];
  expect(files.map(({ path }) => path).sort()).toEqual([
    "LICENSE",
    "README.md",
    "dist/augmenter.d.ts",
    "dist/augmenter.js",
    "dist/definition.d.ts",
    "dist/definition.js",
    "dist/index.d.ts",
    "dist/index.js",
    "dist/options.d.ts",
    "dist/options.js",
    "package.json",
  ]);
});

it("runs as it stands: the report shows the new augmenter's pictures", async () => {
  const { code, output } = await npm(["start"], join(work, "brightness"));
  expect(code, output).toBe(0);
  const report = /^report +(\S+)$/m.exec(output)?.[1];
  const html = await readFile(join(work, "brightness", report!), "utf8");
  expect(html).toContain("mine/brightness");
  expect(html).toContain("data:image/png;base64");
});

describe.each(["trainer", "evaluator"])("an example with a new %s", (kind) => {
  it("trains and reports", async () => {
    const small = ["--set", "steps.train.with.epochs=1", "--set", "steps.data.with.perScanner=6"];
    const { code, stdout, stderr } = await pipe(["run", "example.yaml", ...small], join(work, `new-${kind}`));
    expect(code, stdout + stderr).toBe(0);
    const report = /^report +(\S+)$/m.exec(stdout)?.[1];
    const html = await readFile(join(work, `new-${kind}`, report!), "utf8");
    expect(html).toContain(`mine/new-${kind}`);
    if (kind === "evaluator") expect(stdout).toMatch(/^dark pixels \(baseline\) +[01]\.\d{3}/m);
  });
});

describe("is refused:", () => {
  it.each([
    ["a folder that holds something", ["used", "--kind", "loss"], "FOLDER_NOT_EMPTY", "notes.txt"],
    ["a name that no package may have", ["My_Loss", "--kind", "loss"], "BAD_PLUGIN_NAME", "my-loss"],
    ["a kind that there is not", ["fine", "--kind", "augmentor"], "UNKNOWN_KIND", "augmenter"],
    ["nothing at all, where nobody can be asked", [], "MISSING_FLAG", "pipe plugin new NAME --kind KIND"],
    ["a name alone, where nobody can be asked", ["fine"], "MISSING_FLAG", "--kind"],
  ])("%s", async (_, args, errorCode, told) => {
    await mkdir(join(work, "used"), { recursive: true });
    await writeFile(join(work, "used/notes.txt"), "mine");
    const { code, stderr } = await pipe(["plugin", "new", ...args]);
    expect(code).toBe(2);
    expect(stderr).toContain(errorCode);
    expect(stderr).toContain(told);
    expect(await readdir(join(work, "used"))).toEqual(["notes.txt"]);
  });
});

describe("pipe plugin list and info", () => {
  it("find the plugin of the folder that they are called in, and say where it is loaded from", async () => {
    const folder = join(work, "new-loss");
    const { stdout } = await pipe(["plugin", "list"], folder);
    expect(stdout).toMatch(/^new-loss +0\.1\.0 +contract \d+\.\d+\.\d+ +1 component +\S+new-loss$/m);
    expect(stdout).toMatch(/^@eosin\/plugins-stain +\d+\.\d+\.\d+ +contract \d/m);
    const listed = JSON.parse((await pipe(["plugin", "list", "--json"], folder)).stdout) as { name: string }[];
    expect(listed.map(({ name }) => name)).toContain("@eosin/engine");
  });

  it("show a folder's plugin with its options, ranges and defaults", async () => {
    const { code, stdout } = await pipe(["plugin", "info", "./brightness"]);
    expect(code).toBe(0);
    expect(stdout).toContain("brightness 0.1.0, built for contract");
    expect(stdout).toMatch(/spread +a number from 0 to 1 +0\.2 +Half-width/);
  });

  it("show a component, and name the nearest where there is none", async () => {
    const { stdout } = await pipe(["plugin", "info", "stain/hed-jitter"]);
    expect(stdout).toContain("@eosin/plugins-stain");
    expect(stdout).toMatch(/theta +a number from 0 to 1 +0\.05/);
    expect(stdout).not.toContain("stain/randstainna");
    const { code, stderr } = await pipe(["plugin", "info", "stain/hed-jiter"]);
    expect(code).toBe(2);
    expect(stderr).toMatch(/did you mean\s+stain\/hed-jitter/);
  });
});

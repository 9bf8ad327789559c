import { existsSync, rmSync } from "node:fs";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { linkContract } from "../fixtures/folder-plugin.js";
import { createWorkspace, type Workspace } from "../fixtures/workspace.js";

let workspace: Workspace;
let marker: string;

beforeAll(() => {
  workspace = createWorkspace();
  marker = join(workspace.folder, "imported");
  linkContract(workspace);
});
afterAll(() => workspace.remove());
afterEach(() => {
  for (const name of ["lab", "imported", "trusted.jsonl", "node_modules/above"]) {
    rmSync(join(workspace.folder, name), { recursive: true, force: true });
  }
});

interface ToyCommand {
  readonly name: string;
  readonly summary?: string;
  readonly module?: string;
}

/** A package that lists commands. @returns Its folder in the workspace. */
function writePackage(at: string, commands: unknown): string {
  const name = at.replace(/.*node_modules\//, "");
  const manifest = { name, version: "1.0.0", type: "module", eosin: { commands } };
  workspace.write(`${at}/package.json`, JSON.stringify(manifest));
  return join(workspace.folder, at);
}

/** A module that leaves a mark where it is imported, and prints what it was given. */
function writeCommand(at: string, name: string, more = ""): void {
  workspace.write(
    at,
    `import { writeFileSync } from "node:fs";
import { EosinError } from "@eosin/plugin-api";
import { defineCommand, exitCodes } from "@eosin/plugin-api/commands";
writeFileSync(${JSON.stringify(marker)}, "");
export default defineCommand({
  name: "${name}",
  arguments: { words: { optional: true, repeatable: true, help: "words" } },
  async run({ output, log }, given) {
    log.info("said");
    output.print(JSON.stringify(given) + "\\n");
    return exitCodes.done;
  },
  ${more}
});`,
  );
}

/** The project `lab`, which depends on the packages. */
function writeLab(packages: { readonly [name: string]: readonly ToyCommand[] | unknown }): void {
  const dependencies = Object.fromEntries(Object.keys(packages).map((name) => [name, "*"]));
  workspace.write("lab/package.json", JSON.stringify({ name: "lab", dependencies }));
  for (const [name, commands] of Object.entries(packages)) writePackage(`lab/node_modules/${name}`, commands);
}

const inLab = (...args: readonly string[]) => workspace.pipeIn("lab", ...args);

const count = { name: "count", summary: "Counts", module: "./count.js" };

describe("a command of a plugin that the project depends on", () => {
  it("is listed without being imported, and imported when it is called", async () => {
    writeLab({ counting: [count] });
    writeCommand("lab/node_modules/counting/count.js", "count");
    const help = await inLab("--help");
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout).toContain("Commands of counting:\n  count          Counts\n");
    expect(await inLab("list", "metric")).toMatchObject({ code: 0 });
    expect(existsSync(marker)).toBe(false);
    const called = await inLab("count", "a", "b");
    expect(called).toMatchObject({ code: 0, stderr: "said\n" });
    expect(JSON.parse(called.stdout)).toEqual({ arguments: { words: ["a", "b"] }, options: { trust: false } });
    expect(existsSync(marker)).toBe(true);
  });

  it("may be one of several words, in a group of its own or of another plugin", async () => {
    const commands = [
      { name: "slides count", summary: "Counts slides", module: "./count.js" },
      { name: "slides", summary: "About slides" },
      { name: "engine", summary: "Another sentence" },
      { name: "data", summary: "Another sentence" },
      { name: "data count", summary: "Counts data", module: "./data.js" },
      { name: "engine warm", summary: "Warms up", module: "./warm.js" },
    ];
    writeLab({ counting: commands });
    writeCommand("lab/node_modules/counting/count.js", "slides count");
    writeCommand("lab/node_modules/counting/data.js", "data count");
    expect((await inLab("--help")).stdout).toMatch(/^ {2}data +Look at data before/m);
    expect((await inLab("slides", "--help")).stdout).toMatch(/About slides[\s\S]*count +Counts slides/);
    const data = (await inLab("help", "data")).stdout;
    expect(data).toMatch(/check +Open every file/);
    expect(data).toMatch(/Commands of counting:\n +count +Counts data/);
    expect((await inLab("engine", "--help")).stdout).toMatch(/install +Find[\s\S]*warm +Warms up/);
    for (const words of [
      ["slides", "count"],
      ["data", "count"],
    ])
      expect((await inLab(...words)).code).toBe(0);
    expect((await inLab("--help")).stdout).toMatch(/^ {2}engine +Tensor engines/m);
    expect((await inLab("slides", "count", "help")).stdout).toContain('"words":["help"]');
    expect((await inLab("data", "help", "count")).stdout).toContain("Usage: pipe data count [options] [words...]");
  });

  it("exits with what it returns, and shows the errors that it throws", async () => {
    writeLab({ counting: [count, { ...count, name: "fail", module: "./fail.js" }] });
    writeCommand("lab/node_modules/counting/count.js", "count", "run: async () => exitCodes.stepFailed");
    const thrown = 'new EosinError({ code: "TOY", message: "No.", next: "Go on." })';
    writeCommand("lab/node_modules/counting/fail.js", "fail", `run: async () => { throw ${thrown}; }`);
    expect(await inLab("count")).toMatchObject({ code: 1, stdout: "", stderr: "" });
    expect(await inLab("fail")).toMatchObject({ code: 2, stderr: expect.stringContaining("error No. [TOY]") });
  });

  it("of the plugin that the working folder is", async () => {
    writePackage("lab", [count]);
    writeCommand("lab/count.js", "count");
    expect(await inLab("count")).toMatchObject({ code: 0 });
  });
});

it("is in what pipe plugin info tells of its plugin", async () => {
  const { stdout } = await workspace.pipe("plugin", "info", "@eosin/plugins-model");
  expect(stdout).toContain("\ncommand pipe weights fetch  Download the ImageNet weights");
});

describe("a command that is above the project", () => {
  it("is imported once it was agreed to, and until its files change", async () => {
    workspace.write("lab/package.json", JSON.stringify({ dependencies: { above: "*" } }));
    const place = writePackage("node_modules/above", [count]);
    writeCommand("node_modules/above/count.js", "count");
    expect((await inLab("--help")).stdout).toContain("count");
    const refused = async () => {
      const { code, stderr } = await inLab("count");
      expect(stderr).toContain("PLUGIN_UNTRUSTED");
      expect(stderr).toContain(place);
      expect(code).toBe(2);
    };
    await refused();
    expect(existsSync(marker)).toBe(false);
    expect(await inLab("count", "--trust")).toMatchObject({ code: 0 });
    expect(await inLab("count")).toMatchObject({ code: 0 });
    writeCommand("node_modules/above/count.js", "count", "// changed");
    await refused();
  });
});

describe("what cannot be called is said where it is called, and below the help", () => {
  const manifest = (name: string) => join("node_modules", name, "package.json");

  it.each([
    {
      what: "a name that two plugins list",
      packages: { one: [count], two: [count] },
      call: ["count"],
      said: ["DUPLICATE_COMMAND", manifest("one"), "one in two and one in one", "remove one of the two"],
    },
    {
      what: "a name that one plugin lists twice",
      packages: { one: [count, { ...count, module: "./other.js" }] },
      call: ["count"],
      said: ["DUPLICATE_COMMAND", "two in one"],
    },
    {
      what: "a name of one of Eosin's plugins",
      packages: { one: [{ ...count, name: "stain" }] },
      call: ["stain", "a.png"],
      said: ["DUPLICATE_COMMAND", "one in one and one in @eosin/plugins-stain"],
    },
    {
      what: "a command below a command",
      packages: { one: [count], two: [{ ...count, name: "count slides" }] },
      call: ["count", "slides"],
      said: ["DUPLICATE_COMMAND", "one command of a name, and none below it"],
    },
    {
      what: "an entry without a summary",
      packages: { one: [{ name: "count", module: "./count.js" }] },
      call: ["count"],
      said: ["COMMAND_INVALID", manifest("one"), '"summary": "One sentence"', '{"name":"count","module":"./count.js"}'],
    },
    {
      what: "a summary that would move the cursor",
      packages: { one: [{ ...count, summary: "Counts\u001b[2K" }] },
      call: ["count"],
      said: ["COMMAND_INVALID", "u001b[2K"],
    },
    {
      what: "a module outside the package",
      packages: { one: [{ ...count, module: "./../two/count.js" }] },
      call: ["count"],
      said: ["COMMAND_INVALID", "modules are in the package"],
    },
    {
      what: "no list",
      packages: { one: { count: "./count.js" } },
      call: ["count"],
      said: ["COMMAND_INVALID", '{"count":"./count.js"}'],
    },
  ])("$what", async ({ packages, call, said }) => {
    writeLab(packages);
    const { code, stderr } = await inLab(...call);
    for (const each of said) expect(stderr).toContain(each);
    expect(code).toBe(2);
    const help = await inLab("--help");
    expect(help).toMatchObject({ code: 0, stderr: "" });
    expect(help.stdout.split("\n").slice(-4).join("\n")).toMatch(/cannot be (called|read)/);
  });

  it("a command of pipe itself, which stays what it is", async () => {
    writeLab({
      one: [
        { ...count, name: "list" },
        { ...count, name: "plan fast" },
      ],
    });
    expect(await inLab("list", "metric")).toMatchObject({ code: 0, stdout: expect.stringContaining("metrics/dice") });
    expect(await inLab("plan", "fast")).toMatchObject({ code: 2, stderr: expect.stringContaining("fast") });
    const { stdout } = await inLab("--help");
    expect(stdout).toContain("The command list of one cannot be called: pipe itself has a command of that name.");
    expect(stdout).toContain("The command plan fast of one cannot be called: pipe itself has the command plan.");
    expect(existsSync(marker)).toBe(false);
  });
});

describe("a listed module", () => {
  const faults = {
    "that is not there": ["", "COMMAND_INVALID", "no such file", "Build the plugin"],
    "that exports no command": ["export const count = 1;", "COMMAND_INVALID", "no default export", 'name: "count"'],
    "that exports something else": ["export default 7;", "COMMAND_INVALID", "a default export of type number"],
    "that cannot be imported": ['import "nowhere";', "COMMAND_LOAD_FAILED", "nowhere", "npm install"],
  };

  it.each(Object.entries(faults))("%s", async (_, [source, ...said]) => {
    writeLab({ one: [count] });
    if (source !== "") workspace.write("lab/node_modules/one/count.js", source);
    const { code, stderr } = await inLab("count");
    for (const each of [...said, "count.js"]) expect(stderr).toContain(each);
    expect(code).toBe(2);
  });

  it("of another name than it is listed by", async () => {
    writeLab({ one: [count] });
    writeCommand("lab/node_modules/one/count.js", "counting");
    const { code, stderr } = await inLab("count");
    expect(stderr).toContain('expected      export default defineCommand({ name: "count", … })');
    expect(stderr).toContain('found         defineCommand({ name: "counting", … })');
    expect(code).toBe(2);
  });

  it("that was built for another contract", async () => {
    writeLab({ one: [count] });
    const source = '({ $eosin: "command", apiVersion: "9.0.0", name: "count", arguments: {}, options: {}, run() {} })';
    workspace.write("lab/node_modules/one/count.js", `export default ${source};`);
    expect(await inLab("count")).toMatchObject({ code: 2, stderr: expect.stringContaining("PLUGIN_API_VERSION") });
  });

  it.each([
    ["one letter for two options", 'a: { alias: "x", help: "a" }, b: { alias: "x", help: "b" }'],
    ["a flag that would deny another", 'noCache: { help: "a" }'],
    ["a key that makes no flag", '"max-pixels": { help: "a" }'],
  ])("whose options no call could give: %s", async (_, options) => {
    writeLab({ one: [count] });
    writeCommand("lab/node_modules/one/count.js", "count", `options: { ${options} }`);
    expect(await inLab("count")).toMatchObject({ code: 2, stderr: expect.stringContaining("COMMAND_INVALID") });
  });
});

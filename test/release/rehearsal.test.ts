import { readdirSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { type CodeBlock, codeBlocks } from "../docs/code-blocks.js";
import { expectOneError } from "../fixtures/expect-one-error.js";
import { writePatches } from "../fixtures/kept-work.js";
import { smallJob } from "../fixtures/small-job.js";
import { readJson } from "../fixtures/workspace.js";
import { root } from "../packages/pinned-pnpm.js";
import type { PipeOutcome } from "../run-pipe.js";
import { type LocalRegistry, startLocalRegistry } from "./local-registry.js";
import { publishOutsidePlugin } from "./outside-plugin.js";
import { createUserFolder, type UserFolder } from "./user-folder.js";
import { copyWorkspace, type WorkspaceCopy } from "./workspace-copy.js";

const stain = "@eosin/plugins-stain";
const blocksOf = async (page: string) => codeBlocks(await readFile(join(root, "docs", page), "utf8"));
const runPage = await blocksOf("run.md");
const pipeline = runPage.find(({ fileName }) => fileName === "small.yaml")!.text;
/** Lines that the pages have users type without a clone, a list a block. */
const [beginning, running] = commandsOf(runPage);
const [upgrading] = commandsOf(await blocksOf("release.md"));
const started = performance.now();
let folder: string;
let registry: LocalRegistry;
let workspace: WorkspaceCopy;
let user: UserFolder;
/** Versions of the first release, and the version of the stain plugin in the second. */
let first: ReadonlyMap<string, string>;
let second: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "eosin-release-"));
  registry = await startLocalRegistry(join(folder, "registry"));
  workspace = await copyWorkspace(join(folder, "workspace"));
  user = createUserFolder(join(folder, "user"), registry);
});
afterAll(async () => {
  await registry?.stop();
  await rm(folder, { recursive: true, force: true });
});

function log(what: string): void {
  console.log(`rehearsal ${((performance.now() - started) / 1000).toFixed(0).padStart(4)} s  ${what}`);
}

function done({ code, stdout, stderr }: PipeOutcome): string {
  expect(code, stdout + stderr).toBe(0);
  return stdout;
}

function commandsOf(blocks: readonly CodeBlock[]): readonly (readonly string[])[] {
  return blocks.filter(({ language }) => language === "console").map(({ text }) => text.trim().split("\n"));
}

/** Types the lines, each of which has to succeed; what would train for minutes is made small. @returns What they printed. */
async function type(...commands: readonly string[]): Promise<string> {
  let printed = "";
  for (const command of commands) {
    log(`$ ${command}`);
    const small = command.startsWith("npx pipe run pipelines/") ? ` ${smallJob.join(" ")}` : "";
    printed += done(await user.type(command + small));
  }
  return printed;
}

/** The document of docs/run.md, with another range for the stain plugin, and other plugins beside it. */
function document(stainRange: string, more = ""): string {
  const line = `  "${stain}": "*"\n`;
  expect(pipeline).toContain(line);
  return pipeline.replace(line, `  "${stain}": "${stainRange}"\n${more}`);
}

const whole = ["all-tumour[fold-0]", "evaluate[fold-0]", "report", "train[fold-0]"];
const afterTheAugmenter = { done: ["evaluate[fold-0]", "report", "train[fold-0]"], reused: ["all-tumour[fold-0]"] };

/** A whole release on a registry of this machine, then what users do with it; each step builds on the one before. */
describe("a release, rehearsed", { timeout: 300_000 }, () => {
  it("versions every package by its changesets, and brings along what follows from versions", async () => {
    const before = workspace.versions();
    await workspace.version();
    first = workspace.versions();
    const raised = [...first].filter(([name, version]) => before.get(name) !== version).map(([name]) => name);
    log(`version: ${[...first].map(([name, version]) => `${name.replace("@eosin/", "")} ${version}`).join(", ")}`);
    for (const name of raised) {
      const log = await readFile(
        join(workspace.folder, "packages", name.replace("@eosin/", ""), "CHANGELOG.md"),
        "utf8",
      );
      expect(log).toContain(`## ${first.get(name)}`);
    }
    expect(readdirSync(join(workspace.folder, ".changeset")).filter((name) => name.endsWith(".md"))).toEqual([]);
    const [major, minor] = first.get("@eosin/plugin-api")!.split(".");
    const source = await readFile(join(workspace.folder, "packages/plugin-api/src/api-version.ts"), "utf8");
    expect(source).toContain(`"${major}.${minor}.0"`);
    for (const file of ["pipelines/cosas-multitask.yaml", "benchmarks/train/training-document.mjs"]) {
      expect(await readFile(join(workspace.folder, file), "utf8")).toContain(`"${stain}": ^${first.get(stain)}`);
    }
    await workspace.build("@eosin/plugin-api");
  });

  it("publishes every package", async () => {
    const published = await workspace.publish(registry);
    log(`publish: ${published.length} packages`);
    expect([...published].sort()).toEqual([...first].map(([name, version]) => `${name}@${version}`).sort());
  });

  it("publishes a patch of one plugin alone, those who ask for it by a caret range stay as they are", async () => {
    workspace.addChangeset({ [stain]: "patch" }, "Rehearsed.");
    await workspace.version();
    second = workspace.versions().get(stain)!;
    const [major, minor, patch] = first.get(stain)!.split(".").map(Number);
    expect(second).toBe(`${major}.${minor}.${patch + 1}`);
    expect([...workspace.versions()].filter(([name, version]) => first.get(name) !== version)).toEqual([
      [stain, second],
    ]);
    expect(await workspace.publish(registry)).toEqual([`${stain}@${second}`]);
    log(`publish: ${stain} ${second} alone`);
  });

  it("begins in an empty folder as docs/run.md says, beside a plugin pinned at an older compatible version", async () => {
    await type(`npm install ${stain}@${first.get(stain)}`);
    const printed = await type(...beginning);
    expect(printed).toMatch(/auto takes wasm/);
    expect(await type("npx pipe list augmenter")).toMatch(/stain\/hed-jitter/);
    expect(await type("npx pipe --version")).toBe(`${first.get("@eosin/cli")}\n`);
    for (const [name, version] of first) expect(user.installed(name), name).toBe(version);
    const nested = readdirSync(join(user.folder, "node_modules/@eosin"), { recursive: true }).filter((name) =>
      /node_modules.@eosin/.test(`${name}`),
    );
    expect(nested, "one copy of each package").toEqual([]);
  });

  it("runs the pipelines that it brought, whose ranges are those of the release", async () => {
    const { done: steps, versions } = user.lastRun();
    expect(steps).toContain("report");
    expect(versions).toMatchObject({ [stain]: first.get(stain) });
    const multitask = await readFile(join(user.folder, "pipelines/cosas-multitask.yaml"), "utf8");
    for (const name of Object.keys(versions)) expect(multitask).toContain(`"${name}": ^${first.get(name)}`);
    await type("npx pipe validate pipelines/ablations/stain-normalisation.yaml");
  });

  it("runs the document of docs/run.md there, and predicts with its model", async () => {
    user.write("small.yaml", document(`^${first.get(stain)}`));
    await writePatches(join(user.folder, "patches"), { a: 1 });
    expect(await type(...running)).toMatch(/4 run, 0 reused/);
    expect(user.lastRun()).toMatchObject({ done: whole, reused: [], versions: { [stain]: first.get(stain) } });
    expect(readdirSync(join(user.folder, "masks")).length).toBeGreaterThan(0);
  });

  it("upgrades the plugin as docs/release.md says: what depends on it runs again, and nothing else", async () => {
    expect(await type(...upgrading)).toMatch(/plugin @eosin\/plugins-stain changed[\s\S]*3 run, 1 reused/);
    expect(user.installed(stain)).toBe(second);
    expect(user.lastRun()).toMatchObject({ ...afterTheAugmenter, versions: { [stain]: second } });
  });

  it("refuses a version outside the document's range; the command of the error fixes it", async () => {
    user.write("pinned.yaml", document(first.get(stain)!));
    const pinned = `npm install "${stain}@${first.get(stain)}"`;
    expectOneError(await user.type("npx pipe run pinned.yaml"), {
      exit: 2,
      code: "PLUGIN_VERSION",
      at: /^pinned\.yaml:\d+:\d+$/,
      says: [`${stain} ${first.get(stain)}`, `${stain} ${second}`, pinned],
    });
    await type(pinned, "npx pipe run pinned.yaml");
    // The report names the lines of its document, which is another file now.
    expect(user.lastRun()).toMatchObject({ done: ["report"], reused: whole.filter((step) => step !== "report") });
  });

  describe("a plugin of somebody else", () => {
    const contract = () => first.get("@eosin/plugin-api")!.replace(/\.\d+$/, ".0");

    it.each([
      ["an older contract", "1.0.0", "0.9.0", "npm install @example/brightness@latest"],
      ["a newer contract", "2.0.0", "99.0.0", "npm install @eosin/cli@latest"],
    ])("that was built for %s is refused", async (_, version, apiVersion, next) => {
      await publishOutsidePlugin(join(folder, "outside", version), version, apiVersion, registry);
      const outside = document("*", '  "@example/brightness": "*"\n').replace("stain/hed-jitter", "example/brightness");
      user.write("outside.yaml", outside);
      await type(`npm install @example/brightness@${version}`);
      expectOneError(await user.type("npx pipe run outside.yaml"), {
        exit: 2,
        code: "PLUGIN_API_VERSION",
        at: /^outside\.yaml:\d+:\d+$/,
        says: [`apiVersion ${apiVersion}`, `apiVersion ${contract()}`, next],
      });
    });

    it("is taken once the command of the error has brought one that was built for this contract", async () => {
      await publishOutsidePlugin(join(folder, "outside/3.0.0"), "3.0.0", contract(), registry);
      await type("npm install @example/brightness@latest", "npx pipe run outside.yaml");
      expect(user.lastRun()).toMatchObject({ ...afterTheAugmenter, versions: { "@example/brightness": "3.0.0" } });
    });
  });

  it("takes an author from nothing to a plugin on the registry, and somebody else to a run with it", async () => {
    const plugin = "@example/dimming";
    await type(`npx @eosin/cli plugin new ${plugin} --kind augmenter`);
    user.write("dimming/.npmrc", user.npmrc);
    const folder = "cd dimming && ";
    await type(...["npm install", "npm test"].map((command) => folder + command));
    const printed = await type(`${folder}npm start -- --set steps.train.with.epochs=1`);
    expect(printed).toMatch(/^report +.*index\.html$/m);
    await type(`${folder}NPM_CONFIG_USERCONFIG=${registry.publisherConfig} npm publish`);
    const other = createUserFolder(join(user.folder, "../other"), registry);
    other.write(
      "with-dimming.yaml",
      document("*", `  "${plugin}": ^0.1.0\n`).replace("stain/hed-jitter", "example/dimming"),
    );
    for (const command of [`npm install @eosin/cli ${plugin}`, "npx pipe run with-dimming.yaml"]) {
      log(`$ ${command}`);
      done(await other.type(command));
    }
    expect(other.lastRun()).toMatchObject({ done: whole, versions: { [plugin]: "0.1.0" } });
  });

  it("takes dependants along where a version leaves their ranges", async () => {
    const before = workspace.versions();
    workspace.addChangeset({ [stain]: "minor" }, "Breaking below 1.0.");
    await workspace.version();
    const after = workspace.versions();
    // The command line ships the pipelines, whose ranges move.
    expect([...after.keys()].filter((name) => after.get(name) !== before.get(name))).toEqual(["@eosin/cli", stain]);
    const multitask = await readFile(join(workspace.folder, "pipelines/cosas-multitask.yaml"), "utf8");
    expect(multitask).toContain(`"${stain}": ^${after.get(stain)}`);
  });

  it("takes every package along that knows the contract where it breaks, and the contract itself moves", async () => {
    const before = workspace.versions();
    workspace.addChangeset({ "@eosin/plugin-api": "major" }, "Breaks the contract.");
    await workspace.version();
    const after = workspace.versions();
    const next = `${Number(before.get("@eosin/plugin-api")!.split(".")[0]) + 1}.0.0`;
    expect([...after.keys()].filter((name) => after.get(name) === before.get(name))).toEqual(["@eosin/support"]);
    expect(after.get("@eosin/plugin-api")).toBe(next);
    const source = await readFile(join(workspace.folder, "packages/plugin-api/src/api-version.ts"), "utf8");
    expect(source).toContain(`"${next}"`);
    expect(readJson<{ version: string }>(workspace.folder, "test/surface/released-contract.json").version).toBe(next);
  });
});

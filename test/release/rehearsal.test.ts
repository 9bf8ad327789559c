import { existsSync, readdirSync } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { expectOneError } from "../fixtures/expect-one-error.js";
import { doneAndReused } from "../fixtures/run-events.js";
import { readJson } from "../fixtures/workspace.js";
import type { PipeOutcome } from "../run-pipe.js";
import { type LocalRegistry, startLocalRegistry } from "./local-registry.js";
import { publishOutsidePlugin } from "./outside-plugin.js";
import { createUserFolder, type UserFolder } from "./user-folder.js";
import { copyWorkspace, type WorkspaceCopy } from "./workspace-copy.js";

const stain = "@eosin/plugins-stain";
const pipeline = await readFile(new URL("small.yaml", import.meta.url), "utf8");
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

const run = (file: string) => user.pipe("run", file, "--json");

function lastLock(): Record<string, { version: string }> {
  const runs = join(user.folder, ".eosin/runs");
  const last = readdirSync(runs).sort().at(-1)!;
  return readJson<{ plugins: Record<string, { version: string }> }>(runs, last, "lock.json").plugins;
}

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
    const multitask = await readFile(join(workspace.folder, "pipelines/cosas-multitask.yaml"), "utf8");
    expect(multitask).toContain(`"${stain}": ^${first.get(stain)}`);
    await workspace.build("@eosin/plugin-api");
  });

  it("publishes every package", async () => {
    const published = await workspace.publish(registry);
    log(`publish: ${published.length} packages`);
    expect(published.sort()).toEqual([...first].map(([name, version]) => `${name}@${version}`).sort());
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

  it("installs into an empty folder, with one plugin pinned at an older compatible version", async () => {
    done(await user.install("@eosin/cli", `${stain}@${first.get(stain)}`));
    log(`npm install @eosin/cli ${stain}@${first.get(stain)}`);
    expect(user.installed(stain)).toBe(first.get(stain));
    expect(existsSync(join(user.folder, "node_modules/@eosin/cli/node_modules")), "one copy of each package").toBe(
      false,
    );
    expect(done(await user.pipe("--version")).trim()).toBe(first.get("@eosin/cli"));
    expect(done(await user.pipe("doctor"))).toMatch(/auto takes wasm/);
  });

  it("runs a pipeline there, and its lock says with which versions", async () => {
    user.write("small.yaml", pipeline.replace("STAIN", `^${first.get(stain)}`));
    const { done: ran, reused } = doneAndReused(done(await run("small.yaml")));
    log(`pipe run: ${ran.length} run, ${reused.length} reused, with ${stain} ${lastLock()[stain].version}`);
    expect(ran).toEqual(["all-tumour[fold-0]", "evaluate[fold-0]", "report", "train[fold-0]"]);
    expect(lastLock()[stain].version).toBe(first.get(stain));
  });

  it("computes again what depends on an upgraded plugin, and nothing else", async () => {
    done(await user.install(`${stain}@latest`));
    expect(user.installed(stain)).toBe(second);
    const { done: ran, reused } = doneAndReused(done(await run("small.yaml")));
    log(`upgrade: ${ran.length} run, ${reused.length} reused, with ${stain} ${lastLock()[stain].version}`);
    expect({ ran, reused }).toEqual({
      ran: ["evaluate[fold-0]", "report", "train[fold-0]"],
      reused: ["all-tumour[fold-0]"],
    });
    expect(lastLock()[stain].version).toBe(second);
  });

  it("refuses a version outside the document's range; the command that the error gives mends it", async () => {
    user.write("pinned.yaml", pipeline.replace("STAIN", first.get(stain)!));
    const pinned = `${stain}@${first.get(stain)}`;
    expectOneError(await user.pipe("run", "pinned.yaml"), {
      exit: 2,
      code: "PLUGIN_VERSION",
      at: /^pinned\.yaml:5:\d+$/,
      says: [`${stain} ${first.get(stain)}`, `${stain} ${second}`, `npm install "${pinned}"`],
    });
    done(await user.install(pinned));
    expect(doneAndReused(done(await run("pinned.yaml"))).done).toEqual([]);
    log("pinned: refused, installed as the error says, all reused");
  });

  it.each([
    ["older", "0.9.0", "1.0.0", "npm install @example/brightness@latest"],
    ["newer", "99.0.0", "2.0.0", "npm install @eosin/cli@latest"],
  ])("refuses a plugin that was built for an %s contract", async (_, apiVersion, version, next) => {
    await publishOutsidePlugin(join(folder, "outside", version), version, apiVersion, registry);
    done(await user.install(`@example/brightness@${version}`));
    user.write(
      "outside.yaml",
      pipeline.replace("STAIN", '"*"\n  "@example/brightness": "*"').replace("stain/hed-jitter", "example/brightness"),
    );
    expectOneError(await user.pipe("run", "outside.yaml"), {
      exit: 2,
      code: "PLUGIN_API_VERSION",
      at: /^outside\.yaml:6:\d+$/,
      says: [`apiVersion ${apiVersion}`, `apiVersion ${first.get("@eosin/plugin-api")!.replace(/\.\d+$/, ".0")}`, next],
    });
    log(`@example/brightness ${version}, built for ${apiVersion}: refused`);
  });

  it("takes it once the command of the error has brought one that was built for this contract", async () => {
    const contract = first.get("@eosin/plugin-api")!.replace(/\.\d+$/, ".0");
    await publishOutsidePlugin(join(folder, "outside/3.0.0"), "3.0.0", contract, registry);
    done(await user.install("@example/brightness@latest"));
    const { done: ran, reused } = doneAndReused(done(await run("outside.yaml")));
    expect({ ran, reused }).toEqual({
      ran: ["evaluate[fold-0]", "report", "train[fold-0]"],
      reused: ["all-tumour[fold-0]"],
    });
    log(`@example/brightness 3.0.0: ${ran.length} run, ${reused.length} reused`);
  });
});

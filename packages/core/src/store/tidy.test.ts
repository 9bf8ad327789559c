import { spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, readFileSync, statSync, utimesSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createRng } from "@eosin/plugin-api";
import { temporaryBeside } from "@eosin/support/temporary-file";
import { beforeEach, describe, expect, it } from "vitest";
import { emptyFolder } from "./fixtures/empty-folder.js";
import { takeLock } from "./lock-file.js";
import { openStore } from "./store.js";

const fixture = (name: string) => fileURLToPath(new URL(`fixtures/${name}`, import.meta.url));

let folder: string;

beforeEach(() => {
  folder = emptyFolder();
});

/** @returns How many calls of the file system there were; nothing where it was killed. */
function put(digit: string, killAt?: number): number | undefined {
  const { status, signal, stdout, stderr } = spawnSync(
    process.execPath,
    ["--import", fixture("kill-at.mjs"), fixture("put-artifact.mjs"), folder, digit],
    { env: { ...process.env, KILL_AT: String(killAt ?? 0) }, encoding: "utf8" },
  );
  if (signal === "SIGKILL") return undefined;
  expect(stderr).toBe("");
  expect(status).toBe(0);
  return Number(stdout);
}

/** Of the store, without its memory of hashes. */
function files(): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, encoding: "utf8" }).sort();
  const whole = names.filter((name) => statSync(join(folder, name)).isFile() && name !== "hashes.jsonl");
  return Object.fromEntries(whole.map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

const inside = (name: string) => {
  try {
    return readdirSync(join(folder, name));
  } catch {
    return [];
  }
};

describe("after a kill at every call of the file system", () => {
  it("nothing is left but what the step goes on with, and the next run ends as if there had been none", async () => {
    const calls = put("a")!;
    const undisturbed = files();
    expect(Object.keys(undisturbed)).toHaveLength(3);
    expect(calls).toBeGreaterThan(30);
    for (let killAt = 1; killAt <= calls; killAt++) {
      folder = emptyFolder();
      expect(put("a", killAt), `call ${killAt}`).toBeUndefined();
      const store = await openStore(folder);
      await store.tidy();
      expect(inside("locks"), `call ${killAt}`).toEqual([]);
      expect(inside("staging"), `call ${killAt}`).toEqual([]);
      expect(Object.keys(files()).filter((name) => name.endsWith(".tmp"))).toEqual([]);
      if (await store.has("a".repeat(64))) expect(files(), `call ${killAt}`).toEqual(undisturbed);
      else expect(Object.keys(files()).filter((name) => !name.startsWith("scratch"))).toEqual([]);
      put("a");
      expect(files(), `call ${killAt}`).toEqual(undisturbed);
    }
  }, 300_000);

  it("a chain of kills, and then a run of something else that succeeds, leave no lock, staging folder or temporary file", async () => {
    const rng = createRng("chains of kills");
    for (let chain = 0; chain < 4; chain++) {
      folder = emptyFolder();
      for (let kill = 0; kill < 4; kill++) put("a", 1 + rng.integer(40));
      put("b");
      expect(inside("locks")).toEqual([]);
      expect(inside("staging")).toEqual([]);
      expect(Object.keys(files()).filter((name) => name.includes(".tmp") || name.includes("probe"))).toEqual([]);
    }
  }, 300_000);
});

describe("tidying", () => {
  const fingerprint = "c".repeat(64);
  const dead = (path: string) => path.replace(`.${process.pid}.`, ".4194304.");

  it("leaves alone what belongs to a living process", async () => {
    const release = await takeLock(join(folder, "locks", `${fingerprint}.lock`));
    mkdirSync(join(folder, "staging", fingerprint), { recursive: true });
    const mine = temporaryBeside(join(folder, "hashes.jsonl"));
    const theirs = dead(mine);
    for (const file of [mine, theirs]) writeFileSync(file, "");
    await (await openStore(folder)).tidy();
    expect(inside("locks")).toEqual([`${fingerprint}.lock`]);
    expect(inside("staging")).toEqual([fingerprint]);
    expect(Object.keys(files())).toContain(mine.slice(folder.length + 1));
    expect(Object.keys(files())).not.toContain(theirs.slice(folder.length + 1));
    release();
  });

  it("keeps the scratch of unfinished work", async () => {
    mkdirSync(join(folder, "scratch", fingerprint), { recursive: true });
    writeFileSync(join(folder, "scratch", fingerprint, "checkpoint"), "kept");
    await (await openStore(folder)).tidy();
    expect(readFileSync(join(folder, "scratch", fingerprint, "checkpoint"), "utf8")).toBe("kept");
  });

  it("waits with what tells no owner on this machine until it is old", async () => {
    const files = [join(folder, "hashes.jsonl.1.tmp"), join(folder, "hashes.jsonl.2.3.00000000.tmp")];
    for (const file of files) writeFileSync(file, "");
    const store = await openStore(folder);
    await store.tidy();
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toHaveLength(2);
    for (const file of files) utimesSync(file, 1000, 1000);
    await store.tidy();
    expect(readdirSync(folder).filter((name) => name.endsWith(".tmp"))).toEqual([]);
  });

  it("is part of clean, which removes what an earlier version left beside manifests, too", async () => {
    put("a");
    const manifest = join(folder, "artifacts/aa", `${"a".repeat(64)}.json`);
    writeFileSync(`${manifest}.123.tmp`, readFileSync(manifest));
    writeFileSync(dead(temporaryBeside(join(folder, "probe"))), "");
    mkdirSync(join(folder, "runs/20250101-000000-x"), { recursive: true });
    writeFileSync(
      join(folder, "runs/20250101-000000-x/plan.json"),
      JSON.stringify({ instances: [{ fingerprint: "a".repeat(64) }] }),
    );
    const removed = await (await openStore(folder)).clean({ runsFolder: join(folder, "runs"), keepRuns: 1 });
    expect(removed).toMatchObject({ runs: 0, artifacts: 0 });
    expect(Object.keys(files()).filter((name) => name.endsWith(".tmp"))).toEqual([]);
    expect(inside("artifacts/aa")).toHaveLength(1);
  });
});

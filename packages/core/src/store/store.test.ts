import { spawn } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { thisProcess } from "@eosin/support/process-identity";
import { sha256Of } from "@eosin/support/sha256";
import { beforeEach, describe, expect, it } from "vitest";
import { emptyFolder } from "./fixtures/empty-folder.js";
import type { ArtifactOrigin } from "./manifest.js";
import { openStore, type Store } from "./store.js";

let store: Store;

beforeEach(async () => {
  store = await openStore(emptyFolder());
});

function origin(digit: string, step = "train"): ArtifactOrigin {
  return {
    fingerprint: digit.repeat(64),
    step,
    instance: `${step}[${digit}]`,
    axes: {},
    uses: "toy/write",
    produces: "text",
    parts: { contract: "0.1.0", planVersion: 1, component: "toy/write", plugins: {}, options: {}, seed: 1 },
  };
}

async function put(digit: string, blobs: Record<string, string>, step?: string): Promise<void> {
  const writer = await store.writer(origin(digit, step));
  for (const [name, data] of Object.entries(blobs)) await writer.write(name, data);
  await writer.commit({ digit });
}

const blobFiles = () =>
  readdirSync(join(store.folder, "blobs"), { recursive: true, encoding: "utf8" }).filter((name) => name.length > 64);

describe("an artifact", () => {
  it("comes back as it was written", async () => {
    await put("a", { "b/two.txt": "two", "a.txt": "one" });
    const read = await store.read(origin("a").fingerprint);
    expect(read.value).toEqual({ digit: "a" });
    expect(read.blobNames).toEqual(["a.txt", "b/two.txt"]);
    expect(readFileSync(read.blobPath("b/two.txt"), "utf8")).toBe("two");
    expect(() => read.blobPath("c")).toThrow(expect.objectContaining({ code: "BLOB_MISSING" }));
  });

  it("does not exist before it is committed", async () => {
    const writer = await store.writer(origin("a"));
    await writer.write("a.txt", "one");
    expect(await store.check(origin("a").fingerprint)).toEqual({ state: "missing" });
  });

  it("shares equal blobs with others, in one artifact too", async () => {
    await put("a", { one: "same", two: "same" });
    await put("b", { three: "same" });
    expect(blobFiles()).toHaveLength(1);
  });

  it.each(["../x", "/x", "a//b", "a\\b", "", "."])("refuses the blob name %j", async (name) => {
    const writer = await store.writer(origin("a"));
    await expect(writer.write(name, "")).rejects.toMatchObject({ code: "BLOB_NAME_INVALID" });
  });

  it("refuses a name twice", async () => {
    const writer = await store.writer(origin("a"));
    await writer.write("x", "");
    await expect(writer.write("x", "")).rejects.toMatchObject({ code: "BLOB_TWICE" });
  });
});

describe("files moved out of scratch", () => {
  it("become blobs; scratch is gone after the commit", async () => {
    const { scratch, writer } = await begin();
    writeFileSync(join(scratch, "best.bin"), "weights");
    await writer.moveIn("model/best.bin", join(scratch, "best.bin"));
    expect(existsSync(join(scratch, "best.bin"))).toBe(false);
    await writer.commit(null);
    expect(existsSync(scratch)).toBe(false);
    const read = await store.read(origin("a").fingerprint);
    expect(readFileSync(read.blobPath("model/best.bin"), "utf8")).toBe("weights");
  });

  it("are back in scratch when the run was killed before the commit", async () => {
    const { scratch, writer } = await begin();
    mkdirSync(join(scratch, "deep"));
    writeFileSync(join(scratch, "deep/best.bin"), "weights");
    await writer.moveIn("best.bin", join(scratch, "deep/best.bin"));
    await store.writer(origin("a"));
    expect(readFileSync(join(scratch, "deep/best.bin"), "utf8")).toBe("weights");
  });

  async function begin() {
    const scratch = store.scratchFolder(origin("a").fingerprint);
    mkdirSync(scratch, { recursive: true });
    return { scratch, writer: await store.writer(origin("a")) };
  }
});

describe("damage is found", () => {
  const fingerprint = origin("a").fingerprint;
  const manifestFile = () => join(store.folder, "artifacts/aa", `${fingerprint}.json`);
  const blob = () => join(store.folder, "blobs", blobFiles()[0]);

  beforeEach(() => put("a", { "a.txt": "one" }));

  it.each([
    [
      "a changed byte of the manifest",
      () => writeFileSync(manifestFile(), readFileSync(manifestFile(), "utf8").replace('"digit": "a"', '"digit": "b"')),
      "is damaged",
    ],
    ["an empty manifest", () => writeFileSync(manifestFile(), ""), "is damaged"],
    ["a missing blob", () => rmSync(blob()), "a.txt is missing"],
    ["a short blob", () => overwrite("on"), "has 2 bytes instead of 3"],
    ["a blob of the right size", () => overwrite("onf"), "does not have the bytes"],
  ])("%s", async (_, damage, words) => {
    damage();
    expect(await store.check(fingerprint)).toMatchObject({ state: "corrupt", reason: expect.stringContaining(words) });
    expect(await store.find(fingerprint)).toBeUndefined();
    await expect(store.read(fingerprint)).rejects.toMatchObject({ code: "ARTIFACT_MISSING" });
    await put("a", { "a.txt": "one" });
    expect(await store.has(fingerprint)).toBe(true);
  });

  function overwrite(text: string): void {
    chmodSync(blob(), 0o644);
    writeFileSync(blob(), text);
  }
});

describe("history", () => {
  it("lists what a step stored, newest first", async () => {
    await put("a", {});
    await new Promise((resolve) => setTimeout(resolve, 10));
    await put("b", {});
    await put("c", {}, "other");
    expect((await store.history("train")).map(({ instance }) => instance)).toEqual(["train[b]", "train[a]"]);
  });
});

describe("clean", () => {
  it("keeps what the newest runs refer to and removes the rest", async () => {
    for (const digit of ["a", "b"]) {
      await put(digit, { own: digit, shared: "shared" });
      const run = join(store.folder, "runs", `2025010${digit === "a" ? 1 : 2}-000000-x`);
      mkdirSync(run, { recursive: true });
      writeFileSync(join(run, "plan.json"), JSON.stringify({ instances: [{ fingerprint: digit.repeat(64) }] }));
    }
    mkdirSync(store.scratchFolder("d".repeat(64)), { recursive: true });
    const removed = await store.clean({ runsFolder: join(store.folder, "runs"), keepRuns: 1 });
    expect(removed).toMatchObject({ runs: 1, artifacts: 1 });
    expect(removed.bytes).toBeGreaterThan(0);
    expect(await store.has("a".repeat(64))).toBe(false);
    expect(await store.has("b".repeat(64))).toBe(true);
    expect(blobFiles()).toHaveLength(2);
    expect(await store.hasScratch("d".repeat(64))).toBe(false);
  });

  it("refuses while a run uses the store", async () => {
    const release = await store.lock("a".repeat(64));
    const request = { runsFolder: join(store.folder, "runs"), keepRuns: 0 };
    await expect(store.clean(request)).rejects.toMatchObject({ code: "STORE_BUSY" });
    release();
    await expect(store.clean(request)).resolves.toMatchObject({ runs: 0 });
  });
});

describe("a lock", () => {
  it("is waited for, and says who holds it", async () => {
    const release = await store.lock("a".repeat(64));
    const holders: string[] = [];
    const second = store.lock("a".repeat(64), {
      onWait: (holder) => {
        holders.push(holder);
        release();
      },
    });
    (await second)();
    expect(holders).toEqual([expect.stringContaining(`process ${process.pid} on`)]);
  });

  it("of a killed process is taken over", async () => {
    const child = spawn(process.execPath, ["-e", "setInterval(() => {}, 1000)"]);
    const ended = new Promise((resolve) => child.on("exit", resolve));
    const file = join(store.folder, "locks", `${"a".repeat(64)}.lock`);
    mkdirSync(join(file, ".."), { recursive: true });
    writeFileSync(file, JSON.stringify({ ...thisProcess(), pid: child.pid, started: undefined }));
    child.kill("SIGKILL");
    await ended;
    (await store.lock("a".repeat(64), { onWait: () => expect.unreachable() }))();
  });

  it("stops waiting when the run is interrupted", async () => {
    const release = await store.lock("a".repeat(64));
    const interruption = new AbortController();
    const second = store.lock("a".repeat(64), { signal: interruption.signal, onWait: () => interruption.abort() });
    await expect(second).rejects.toMatchObject({ name: "AbortError" });
    release();
  });
});

describe("a store that cannot be", () => {
  it("says so where a file is in its place", async () => {
    const file = join(store.folder, "occupied");
    writeFileSync(file, "");
    await expect(openStore(file)).rejects.toMatchObject({
      code: "STORE_UNWRITABLE",
      next: expect.stringContaining("--store"),
    });
  });
});

describe("a commit that a kill cut off", () => {
  const { fingerprint } = origin("a");
  const sha256OfWeights = sha256Of("weights");

  it("is completed, from any point after it was decided", async () => {
    for (const moved of [false, true]) {
      const { blob, staged } = cutOff();
      if (moved) writeFileSync(blob, "weights");
      else writeFileSync(staged, "weights");
      writeRecord(staged);
      await store.finishCommit(fingerprint);
      const read = await store.read(fingerprint);
      expect(read.value).toEqual({ best: 3 });
      expect(readFileSync(read.blobPath("best.bin"), "utf8")).toBe("weights");
      expect(await store.hasScratch(fingerprint)).toBe(false);
      await store.remove(fingerprint);
    }
  });

  it("is forgotten where its blobs are gone: the step starts over", async () => {
    const { staged } = cutOff();
    writeRecord(staged);
    await store.finishCommit(fingerprint);
    expect(await store.check(fingerprint)).toEqual({ state: "missing" });
  });

  function cutOff() {
    const staging = join(store.folder, "staging", fingerprint, "00000000/moved");
    mkdirSync(staging, { recursive: true });
    mkdirSync(join(store.folder, "blobs", sha256OfWeights.slice(0, 2)), { recursive: true });
    return {
      staged: join(staging, "best.bin"),
      blob: join(store.folder, "blobs", sha256OfWeights.slice(0, 2), sha256OfWeights),
    };
  }

  function writeRecord(staged: string): void {
    const manifest = {
      ...origin("a"),
      value: { best: 3 },
      blobs: { "best.bin": { sha256: sha256OfWeights, size: 7 } },
    };
    mkdirSync(join(store.folder, "staging", fingerprint), { recursive: true });
    writeFileSync(
      join(store.folder, "staging", fingerprint, "commit.json"),
      JSON.stringify({ manifest, moves: [{ from: staged, sha256: sha256OfWeights }] }),
    );
  }
});

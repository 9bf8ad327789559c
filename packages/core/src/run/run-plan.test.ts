import { chmodSync, existsSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { beforeEach, describe, expect, it } from "vitest";
import type { Plan } from "../plan/plan.js";
import { emptyFolder } from "../store/fixtures/empty-folder.js";
import { flipBit } from "../store/fixtures/flip-bit.js";
import { openStore, type Store } from "../store/store.js";
import type { RunEvent } from "./event.js";
import { execCommand, handle, toyPlan } from "./fixtures/toy-plan.js";
import { type RunRequest, type RunResult, runPlan } from "./run-plan.js";

const greetings = {
  one: { uses: "toy/write", with: { text: "one" } },
  two: {
    uses: "toy/write",
    with: { text: "two", after: { uses: "toy/shout", with: { times: 2 }, kind: "postprocess" } },
  },
  both: { uses: "toy/join", with: { texts: [handle("one"), handle("two")] }, inputs: ["one", "two"] },
  page: { uses: "toy/report", kind: "reporter", with: { text: handle("both") }, inputs: ["both"] },
};

let store: Store;
let events: RunEvent[];

beforeEach(async () => {
  store = await openStore(join(emptyFolder(), "store"));
});

async function run(plan: Plan, more: Partial<RunRequest> = {}): Promise<RunResult> {
  events = [];
  const onEvent = (event: RunEvent) => events.push(event);
  return runPlan(plan, { store, runsFolder: join(store.folder, "../runs"), jobs: 2, execCommand, onEvent, ...more });
}

function ofType<Type extends RunEvent["type"]>(type: Type): Extract<RunEvent, { type: Type }>[] {
  return events.filter((event): event is Extract<RunEvent, { type: Type }> => event.type === type);
}

describe("a run", () => {
  it("computes every instance from the stored outputs of its inputs", async () => {
    const result = await run(await toyPlan(greetings));
    expect(result).toMatchObject({ outcome: "done", reused: [], failed: [], skipped: [], warnings: 0 });
    expect([...result.executed].sort()).toEqual(["both", "one", "page", "two"]);
    const both = await store.read(result.artifacts.both);
    expect(both.value).toEqual({ text: "hello one hello two!!", from: ["one", "two"] });
    expect(readFileSync(both.blobPath("text.txt"), "utf8")).toBe("hello one hello two!!");
  });

  it("keeps a record of itself, with the report as plain files", async () => {
    const plan = await toyPlan(greetings);
    const { run: folder, artifacts } = await run(plan);
    expect(JSON.parse(readFileSync(join(folder, "plan.json"), "utf8"))).toEqual(plan);
    expect(JSON.parse(readFileSync(join(folder, "artifacts.json"), "utf8"))).toEqual(artifacts);
    expect(readFileSync(join(folder, "document.yaml"), "utf8")).toBe("name: toy\n");
    expect(readFileSync(join(folder, "page/index.html"), "utf8")).toBe("<p>hello one hello two!!</p>");
    const lines = readFileSync(join(folder, "events.jsonl"), "utf8").trimEnd().split("\n");
    expect(lines.map((line) => JSON.parse(line).type)).toEqual(events.map(({ type }) => type));
  });

  it("executes nothing a second time, and reports all the same", async () => {
    const plan = await toyPlan(greetings);
    const first = await run(plan);
    const second = await run(plan, { execCommand: ["/nonexistent"] });
    expect(second).toMatchObject({ outcome: "done", executed: [], reused: ["one", "two", "both", "page"] });
    expect(second.artifacts).toEqual(first.artifacts);
    expect(existsSync(join(second.run, "page/index.html"))).toBe(true);
    expect(second.run).not.toBe(first.run);
  });

  it("computes everything again when asked for a fresh start, to the same bytes", async () => {
    const plan = await toyPlan(greetings);
    await run(plan);
    const before = manifests();
    const result = await run(plan, { fresh: true });
    expect(result).toMatchObject({ outcome: "done", reused: [], warnings: 0 });
    expect(manifests()).toEqual(before);
  });

  it("gives the same bytes with one job and with two", async () => {
    const plan = await toyPlan(greetings);
    await run(plan, { jobs: 1 });
    const alone = manifests();
    store = await openStore(join(emptyFolder(), "store"));
    await run(plan, { jobs: 2 });
    expect(manifests()).toEqual(alone);
  });

  it("computes equal work once", async () => {
    const result = await run(await toyPlan({ one: greetings.one, same: greetings.one }));
    expect(result).toMatchObject({ outcome: "done", executed: ["one"], reused: ["same"] });
  });

  it("shows progress a few times a second, and the last step of it always", async () => {
    await run(await toyPlan({ one: greetings.one }));
    const updates = ofType("instance-progress").map(({ update }) => update.current);
    expect(updates.length).toBeLessThan(50);
    expect(updates.at(-1)).toBe(1000);
  });

  it("recomputes a damaged entry and says so", async () => {
    const plan = await toyPlan(greetings);
    const { artifacts } = await run(plan);
    const before = manifests();
    const blob = (await store.read(artifacts.one)).blobPath("text.txt");
    chmodSync(blob, 0o644);
    writeFileSync(blob, "hellx one");
    store = await openStore(store.folder);
    const result = await run(plan);
    expect(result).toMatchObject({ outcome: "done", executed: ["one"], warnings: 1 });
    expect(ofType("instance-log")[0].message).toMatch(/damaged.*text\.txt does not have the bytes/);
    expect(manifests()).toEqual(before);
    expect(readFileSync(blob, "utf8")).toBe("hello one");
  });
});

describe("bits that a disk flipped without a trace", () => {
  const copies = {
    one: greetings.one,
    left: { uses: "toy/copy", with: { text: handle("one"), times: 1 }, inputs: ["one"] },
    right: { uses: "toy/copy", with: { text: handle("one"), times: 2 }, inputs: ["one"] },
  };

  it("in an input: the step that opens it waits until it is computed again, as do the others", async () => {
    const { artifacts } = await run(await toyPlan({ one: copies.one }));
    const expected = await run(await toyPlan(copies), {
      jobs: 1,
      store: await openStore(join(emptyFolder(), "store")),
    });
    flipBit(store.folder, blobOf(artifacts.one));
    store = await openStore(store.folder);
    const result = await run(await toyPlan(copies));
    expect(result).toMatchObject({ outcome: "done", failed: [], reused: [], warnings: 1 });
    expect([...result.executed].sort()).toEqual(["left", "one", "right"]);
    expect(ofType("instance-log").find(({ level }) => level === "warn")?.message).toMatch(/damaged.*computed again/);
    expect(result.artifacts).toEqual(expected.artifacts);
    expect((await store.verify()).damaged).toEqual([]);
  });

  it("again and again: the step fails with one clear error", async () => {
    const { artifacts } = await run(await toyPlan({ one: copies.one }));
    const path = blobOf(artifacts.one);
    flipBit(store.folder, path);
    const onEvent = (event: RunEvent) => {
      events.push(event);
      if (event.type === "instance-done" && event.instance === "one") flipBit(store.folder, path);
    };
    store = await openStore(store.folder);
    const result = await run(await toyPlan({ one: copies.one, left: copies.left }), { onEvent });
    expect(result).toMatchObject({ outcome: "failed", failed: ["left"] });
    expect(result.errors.left).toMatchObject({
      code: "STORE_DAMAGED",
      message: expect.stringContaining("of one is damaged"),
    });
  });

  it("in a report: it is made again, not copied", async () => {
    const plan = await toyPlan(greetings);
    const { artifacts } = await run(plan);
    flipBit(store.folder, blobOf(artifacts.page, "index.html"));
    store = await openStore(store.folder);
    const result = await run(plan);
    expect(result).toMatchObject({ outcome: "done", executed: ["page"], reused: ["one", "two", "both"] });
    expect(readFileSync(join(result.run, "page/index.html"), "utf8")).toBe("<p>hello one hello two!!</p>");
  });

  function blobOf(fingerprint: string, name = "text.txt"): string {
    const manifest = readFileSync(
      join(store.folder, "artifacts", fingerprint.slice(0, 2), `${fingerprint}.json`),
      "utf8",
    );
    const { sha256 } = JSON.parse(manifest.slice(65)).blobs[name];
    return join(store.folder, "blobs", sha256.slice(0, 2), sha256);
  }
});

describe("a step that fails", () => {
  const beside = (how: string) =>
    toyPlan({
      bad: { uses: "toy/misbehave", with: { how } },
      after: { uses: "toy/join", with: { texts: [handle("bad")] }, inputs: ["bad"] },
      last: { uses: "toy/join", with: { texts: [handle("after")] }, inputs: ["after"] },
      good: greetings.one,
    });

  it("takes only its dependants with it, and they say because of which", async () => {
    const result = await run(await beside("throw"));
    expect(result).toMatchObject({
      outcome: "failed",
      executed: ["good"],
      failed: ["bad"],
      skipped: ["after", "last"],
    });
    expect(ofType("instance-skipped").map(({ because }) => because)).toEqual(["bad", "bad"]);
    const [{ error }] = ofType("instance-failed");
    expect(error).toMatchObject({ code: "STEP_FAILED", message: expect.stringContaining("x is not a function") });
    expect(error.place).toMatchObject({ line: 1, column: 1 });
    expect(error.stack).toContain("toy-plugin/index.js");
  });

  it.each([
    ["kill", "INSTANCE_CRASHED", "SIGKILL"],
    ["exit", "INSTANCE_CRASHED", "ended with code 0"],
    ["map", "STEP_VALUE_INVALID", "value.scores is a Map"],
    ["nan", "STEP_VALUE_INVALID", "value.loss is NaN"],
  ])("by %s is one clear error", async (how, code, words) => {
    const result = await run(await beside(how));
    expect(result).toMatchObject({ outcome: "failed", executed: ["good"], failed: ["bad"] });
    expect(ofType("instance-failed")[0].error).toMatchObject({ code, message: expect.stringContaining(words) });
  });

  it("by a full heap is one clear error", async () => {
    const command = [execCommand[0], "--max-old-space-size=40", ...execCommand.slice(1)];
    await run(await toyPlan({ bad: { uses: "toy/misbehave", with: { how: "heap" } } }), { execCommand: command });
    const [{ error }] = ofType("instance-failed");
    expect(error).toMatchObject({ code: "OUT_OF_MEMORY", next: expect.stringContaining("smaller batch") });
  });

  it("or leaves handles behind does not hold up the run", async () => {
    const result = await run(await toyPlan({ linger: { uses: "toy/misbehave", with: { how: "linger" } } }));
    expect(result).toMatchObject({ outcome: "done", executed: ["linger"] });
  });

  it("is not confused with one that prints", async () => {
    const result = await run(await toyPlan({ loud: { uses: "toy/misbehave", with: { how: "print" } } }));
    expect(result.outcome).toBe("done");
    expect(ofType("instance-log")[0].message).toBe('{"type":"instance-done"}');
  });
});

describe("an interrupted run", () => {
  it("lets steps write a checkpoint, keeps it, and continues from it", async () => {
    const plan = await toyPlan({ one: greetings.one, long: { uses: "toy/misbehave", with: { how: "wait" } } });
    const first = await runUntilWaiting(plan);
    expect(first).toMatchObject({ outcome: "interrupted", executed: ["one"], failed: [] });
    expect(readFileSync(join(store.scratchFolder(plan.instances[1].fingerprint), "checkpoint"), "utf8")).toBe("kept");

    const second = await runUntilWaiting(plan);
    expect(second).toMatchObject({ outcome: "interrupted", reused: ["one"] });
    expect(ofType("instance-started")).toMatchObject([{ instance: "long", continued: true }]);
  });

  async function runUntilWaiting(plan: Plan): Promise<RunResult> {
    const interruption = new AbortController();
    const seen: RunEvent[] = [];
    const onEvent = (event: RunEvent) => {
      seen.push(event);
      if (event.type === "instance-progress" && event.update.unit === "wait") interruption.abort();
    };
    const result = await run(plan, { jobs: 1, signal: interruption.signal, onEvent });
    events = seen;
    return result;
  }
});

function manifests(): Record<string, string> {
  const folder = join(store.folder, "artifacts");
  const files = readdirSync(folder, { recursive: true, encoding: "utf8" }).filter((file) =>
    statSync(join(folder, file)).isFile(),
  );
  return Object.fromEntries(files.map((file) => [file, readFileSync(join(folder, file), "utf8")]));
}

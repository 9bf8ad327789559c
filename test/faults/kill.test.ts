import { existsSync, readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { createRng, type Rng } from "@eosin/plugin-api";
import { beforeAll, describe, expect, it } from "vitest";
import {
  computingProcesses,
  digests,
  emptyFolder,
  isWritingCheckpoint,
  runToEnd,
  type StartedRun,
  startRun,
  storedHashes,
} from "./pipeline-run.js";

const enough = { kills: 15, insideCheckpoint: 3 };
const killsARun = 5;
const mostRuns = 12;

function isEnough({ kills, insideCheckpoint }: typeof enough): boolean {
  return kills >= enough.kills && insideCheckpoint >= enough.insideCheckpoint;
}

/** Events that an uninterrupted run writes down: kills fall behind any of them. */
let events: number;
let uninterrupted: Awaited<ReturnType<typeof storedHashes>>;

beforeAll(async () => {
  const folder = emptyFolder();
  await expectDone(folder, "2");
  events = eventsOf(folder);
  uninterrupted = await storedHashes(folder);
  expect(Object.keys(uninterrupted)).toHaveLength(3);
});

describe("kill -9", () => {
  it("behind any event, also inside the write of a checkpoint: what is continued ends with the same hashes", async () => {
    const rng = createRng("kill");
    const seen = { kills: 0, insideCheckpoint: 0 };
    for (let round = 0; round < mostRuns && !isEnough(seen); round++) {
      const folder = emptyFolder();
      for (let kill = 0; kill < killsARun; kill++) {
        const run = startRun(digests, folder, ["--jobs", String(1 + rng.integer(2))]);
        await (kill % 2 === 1 ? nextCheckpoint(folder, run) : nextEvent(folder, run, 1 + rng.integer(events - 1)));
        if (run.child.exitCode !== null) break;
        killSome(run, folder, rng);
        await run.ended;
        await allGone(folder);
        seen.kills++;
        if (isWritingCheckpoint(folder, run)) seen.insideCheckpoint++;
      }
      await expectDone(folder);
      expect(await storedHashes(folder)).toEqual(uninterrupted);
    }
    expect(isEnough(seen), JSON.stringify(seen)).toBe(true);
  }, 600_000);

  it("of the run alone takes the steps' processes with it", async () => {
    const folder = emptyFolder();
    const run = startRun(digests, folder);
    await nextCheckpoint(folder, run);
    process.kill(run.child.pid!, "SIGKILL");
    await run.ended;
    await allGone(folder);
  });

  it("of one step fails that step, says so, and lets the other end", async () => {
    const folder = emptyFolder();
    const run = startRun(digests, folder, ["--jobs", "2"]);
    await nextCheckpoint(folder, run);
    process.kill(computingProcesses(folder)[0], "SIGKILL");
    const { code, output } = await run.ended;
    expect(code).toBe(1);
    expect(output).toMatch(/(left|right) was killed \(SIGKILL\)/);
    expect(Object.keys(await storedHashes(folder))).toHaveLength(1);
    await expectDone(folder);
    expect(await storedHashes(folder)).toEqual(uninterrupted);
  });
});

describe("the same hashes", () => {
  it("with one job as with two", async () => {
    const folder = emptyFolder();
    await expectDone(folder, "1");
    expect(await storedHashes(folder)).toEqual(uninterrupted);
  });

  it("from two runs at once in one store", async () => {
    const folder = emptyFolder();
    const both = await Promise.all([runToEnd(digests, folder), runToEnd(digests, folder)]);
    expect(both).toMatchObject([{ code: 0 }, { code: 0 }]);
    expect(await storedHashes(folder)).toEqual(uninterrupted);
  });

  it("after Ctrl-C, which keeps the state and says how to go on", async () => {
    const folder = emptyFolder();
    const run = startRun(digests, folder);
    await nextCheckpoint(folder, run);
    process.kill(-run.child.pid!, "SIGINT");
    expect(await run.ended).toMatchObject({ code: 130, output: expect.stringContaining("continues") });
    await expectDone(folder);
    expect(await storedHashes(folder)).toEqual(uninterrupted);
  });
});

async function expectDone(folder: string, jobs = "2"): Promise<void> {
  const { code, output } = await runToEnd(digests, folder, ["--jobs", jobs]);
  expect(code, output).toBe(0);
}

/** The whole group as a power cut would, or only the run, or only one step. */
function killSome({ child }: StartedRun, folder: string, rng: Rng): void {
  const [step] = computingProcesses(folder).filter(isAlive);
  const victim = rng.integer(3);
  if (victim === 1) kill(child.pid!);
  if (victim === 2 && step !== undefined) kill(step);
  // A run that lost one step would go on with the others.
  if (victim !== 1) kill(-child.pid!);
}

/** What ended by itself just before needs no kill. */
function kill(pid: number): void {
  try {
    process.kill(pid, "SIGKILL");
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== "ESRCH") throw error;
  }
}

async function nextCheckpoint(folder: string, run: StartedRun): Promise<void> {
  while (run.child.exitCode === null && !isWritingCheckpoint(folder, run)) await sleep(2);
}

/** Waits until a run that was just started has written down so many events, or is over. */
async function nextEvent(folder: string, run: StartedRun, count: number): Promise<void> {
  const before = runsOf(folder).length;
  const isThere = () => runsOf(folder).length > before && eventsOf(folder) >= count;
  while (run.child.exitCode === null && !isThere()) await sleep(2);
}

/** Of the newest run. */
function eventsOf(folder: string): number {
  const newest = runsOf(folder).at(-1);
  if (newest === undefined) return 0;
  return readFileSync(join(folder, "runs", newest, "events.jsonl"), "utf8").split("\n").length - 1;
}

function runsOf(folder: string): readonly string[] {
  const runs = join(folder, "runs");
  return existsSync(runs)
    ? readdirSync(runs)
        .filter((name) => /^\d/.test(name))
        .sort()
    : [];
}

async function allGone(folder: string): Promise<void> {
  const deadline = performance.now() + 10_000;
  while (computingProcesses(folder).some(isAlive)) {
    if (performance.now() > deadline) throw new Error("A step outlived its run by ten seconds.");
    await sleep(5);
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

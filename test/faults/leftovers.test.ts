import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { createRng } from "@eosin/plugin-api";
import { beforeAll, describe, expect, it } from "vitest";
import { runPipe } from "../run-pipe.js";
import { digests, emptyFolder, runToEnd, storedHashes } from "./pipeline-run.js";

const killer = new URL("../../packages/core/src/store/fixtures/kill-at.mjs", import.meta.url).href;
const chains = 6;
const killsAChain = 3;

let uninterrupted: Awaited<ReturnType<typeof storedHashes>>;

beforeAll(async () => {
  const folder = emptyFolder();
  expect((await runToEnd(digests, folder)).code).toBe(0);
  uninterrupted = await storedHashes(folder);
});

/** Run and steps are each killed at that call of the file system, where they get as far. */
function runKilledAt(call: number, folder: string) {
  return runToEnd(digests, folder, [], { NODE_OPTIONS: `--import ${killer}`, KILL_AT: String(call) });
}

function leftIn(folder: string): readonly string[] {
  const names = readdirSync(join(folder, "store"), { recursive: true, encoding: "utf8" });
  const halfMade = readdirSync(join(folder, "runs")).filter(
    (run) =>
      run.endsWith(".tmp") ||
      !["plan.json", "events.jsonl", "logs"].every((name) => existsSync(join(folder, "runs", run, name))),
  );
  return [...names.filter((name) => /^(locks|staging|scratch)[/\\]|\.tmp$|probe/.test(name)), ...halfMade];
}

describe("what chains of kills leave", () => {
  it("is gone after the next run that ends, and after clean", async () => {
    const rng = createRng("leftovers");
    let killed = 0;
    for (let chain = 0; chain < chains; chain++) {
      const folder = emptyFolder();
      for (let kill = 0; kill < killsAChain; kill++) {
        if ((await runKilledAt(1 + rng.integer(60), folder)).code !== 0) killed++;
      }
      const { code, output } = await runToEnd(digests, folder);
      expect(code, output).toBe(0);
      expect(leftIn(folder)).toEqual([]);
      expect(await storedHashes(folder)).toEqual(uninterrupted);
      const cleaned = await runPipe(["clean", "--store", folder], { cwd: folder });
      expect(cleaned).toMatchObject({ code: 0, stderr: "" });
      expect(leftIn(folder)).toEqual([]);
    }
    expect(killed).toBeGreaterThan(chains);
  }, 300_000);

  it("is gone after clean alone, but for what unfinished work goes on with", async () => {
    const folder = emptyFolder();
    for (const call of [18, 25, 33, 41, 55]) await runKilledAt(call, folder);
    expect(await runPipe(["clean", "--store", folder], { cwd: folder })).toMatchObject({ code: 0 });
    expect(leftIn(folder).filter((name) => !name.startsWith("scratch"))).toEqual([]);
    const { code, output } = await runToEnd(digests, folder);
    expect(code, output).toBe(0);
    expect(await storedHashes(folder)).toEqual(uninterrupted);
  }, 120_000);
});

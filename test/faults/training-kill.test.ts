import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { expect, it } from "vitest";
import { computingProcesses, emptyFolder, runToEnd, type StartedRun, startRun, storedHashes } from "./pipeline-run.js";

const training = fileURLToPath(new URL("training.yaml", import.meta.url));
const averages = ["{ kind: ema, decay: 0.9 }", "{ kind: swa, from: 0.4 }"];

/** Epochs that kills fall behind, of ten: before the mean over last epochs begins, and in it. */
const kills = [2, 8];

it.each(averages)(
  "kill -9 inside a training with %s, AdamW and clipping: what is continued has the same bytes",
  {
    timeout: 300_000,
  },
  async (average) => {
    const set = ["--set", `params.average=${average}`];
    const [whole, broken] = [emptyFolder(), emptyFolder()];
    const { code, output } = await runToEnd(training, whole, set);
    expect(code, output).toBe(0);
    for (const epoch of kills) {
      const run = startRun(training, broken, set);
      await checkpointOf(epoch, broken, run);
      expect(run.child.exitCode, "the training was over before it was killed").toBeNull();
      const steps = computingProcesses(broken);
      process.kill(-run.child.pid!, "SIGKILL");
      await run.ended;
      while (steps.some(isAlive)) await sleep(5);
    }
    const continued = await runToEnd(training, broken, set);
    expect(continued.code, continued.output).toBe(0);
    expect(continued.output).toMatch(/Training continues after epoch (8|9|10)\./);
    expect(await storedHashes(broken)).toEqual(await storedHashes(whole));
  },
);

/** Waits until there is a checkpoint of this epoch or a later one, or the run is over. */
async function checkpointOf(epoch: number, folder: string, run: StartedRun): Promise<void> {
  const scratches = join(folder, "store/scratch");
  const isThere = () =>
    existsSync(scratches) &&
    readdirSync(scratches, { recursive: true, encoding: "utf8" }).some((name) => {
      const found = /epoch-(\d+)-/.exec(name);
      return found !== null && Number(found[1]) >= epoch;
    });
  while (run.child.exitCode === null && !isThere()) await sleep(2);
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

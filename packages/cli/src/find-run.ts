import { existsSync, readdirSync } from "node:fs";
import { basename, dirname, join, resolve } from "node:path";
import type { Plan } from "@eosin/core";
import { EosinError, nearestName } from "@eosin/plugin-api";
import { readRunPlan } from "./read-run-plan.js";
import { eosinFolder } from "./store-folder.js";

export interface FoundRun {
  /** The name of its folder. */
  readonly id: string;
  readonly folder: string;
  readonly plan: Plan;
  /** The folder that holds the run's `store/` and `runs/`. */
  readonly home: string;
}

/**
 * A run by its folder, by the name of its folder, or by its document's name, which means the newest run of that.
 * @param store `--store` of the command: whose runs names mean. A folder finds its own store beside it.
 * @throws EosinError `NO_RUN`
 */
export async function findRun(run: string, store: string | undefined): Promise<FoundRun> {
  const home = eosinFolder(store);
  if (existsSync(join(run, "plan.json"))) return openRun(resolve(run), store === undefined ? undefined : home);
  const runs = existsSync(join(home, "runs")) ? readdirSync(join(home, "runs")).sort().reverse() : [];
  const named = runs.find((id) => id === run) ?? runs.find((id) => documentNameOf(id) === run);
  if (named !== undefined) return openRun(join(home, "runs", named), home);
  const names = [...new Set(runs.map(documentNameOf))];
  throw new EosinError({
    code: "NO_RUN",
    message: `There is no run ${run}.`,
    expected: "the folder of a run, its name, or the name of a document that was run",
    found: runs.length === 0 ? `no runs in ${home}` : `runs of ${names.join(", ")} in ${home}`,
    didYouMean: nearestName(run, [...names, ...runs]),
    next: "The last lines of `pipe run` name the folder of the run.",
  });
}

async function openRun(folder: string, home: string | undefined): Promise<FoundRun> {
  return { id: basename(folder), folder, plan: await readRunPlan(folder), home: home ?? homeOf(folder) };
}

/** The folder that holds `store/` and `runs/` of a run: the one that it is in, else as for a command without runs. */
export function homeOf(folder: string): string {
  const beside = dirname(dirname(folder));
  const isInRuns = basename(dirname(folder)) === "runs" && existsSync(join(beside, "store"));
  return isInRuns ? beside : eosinFolder(undefined);
}

/** `20250131-142501-name` or, of a second one in one second, `20250131-142501-name-2`: the latter is found by its id. */
function documentNameOf(id: string): string {
  return id.replace(/^\d{8}-\d{6}-/, "");
}

import { fileURLToPath } from "node:url";
import { type RunDemand, runPlan } from "@eosin/core/run";
import { type ExitCode, exitCodes } from "@eosin/plugin-api/commands";
import { defaultJobs } from "./default-jobs.js";
import { interruptSignal } from "./interrupt-signal.js";
import type { LoadedPipeline } from "./load-pipeline.js";
import { createProgress } from "./progress/create-progress.js";
import { runSummary } from "./run-summary.js";
import { print } from "./terminal.js";
import { rememberRun } from "./trust/made-here.js";

export interface ExecuteOptions {
  readonly jobs?: number;
  readonly fresh?: boolean;
  readonly json?: boolean;
}

/**
 * The third phase: runs a plan under the eyes of the user, and says what came of it.
 * @param again What the user would type to continue, after `pipe`.
 */
export async function executePlan(
  { plan, store, runsFolder }: LoadedPipeline,
  demand: RunDemand,
  options: ExecuteOptions,
  again: string,
): Promise<ExitCode> {
  const progress = createProgress({ json: options.json === true, terminal: process.stdout.isTTY === true });
  const interrupt = interruptSignal();
  const result = await runPlan(plan, {
    store,
    runsFolder,
    demand,
    secrets: Object.fromEntries(Object.entries(demand.env).filter(([name]) => plan.secrets?.includes(name))),
    jobs: options.jobs ?? defaultJobs(),
    fresh: options.fresh,
    // This process has imported the very plugins of the plan.
    execCommand: [process.execPath, fileURLToPath(new URL("./bin.js", import.meta.url)), "exec", "--trust"],
    signal: interrupt.signal,
    onEvent: (event) => {
      if (event.type === "run-started") rememberRun(event.run);
      progress.onEvent(event);
    },
  });
  interrupt.release();
  await progress.finish();
  if (!options.json) print(`${(await runSummary(plan, store, result, again)).join("\n")}\n`);
  if (result.outcome === "interrupted") return exitCodes.interrupted;
  return result.outcome === "done" ? exitCodes.done : exitCodes.stepFailed;
}

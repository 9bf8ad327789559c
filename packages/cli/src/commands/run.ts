import { fileURLToPath } from "node:url";
import { runPlan } from "@eosin/core";
import colors from "picocolors";
import { defaultJobs } from "../default-jobs.js";
import { exitCodes } from "../exit-codes.js";
import { interruptSignal } from "../interrupt-signal.js";
import { loadPipeline } from "../load-pipeline.js";
import type { PipelineOptions } from "../pipeline-options.js";
import { printPlan } from "../plan-table.js";
import { createProgress } from "../progress/progress.js";
import { runHeader } from "../run-header.js";
import { runSummary } from "../run-summary.js";

interface RunOptions extends PipelineOptions {
  readonly jobs?: number;
  readonly fresh?: boolean;
  readonly dryRun?: boolean;
}

export async function run(file: string, options: RunOptions): Promise<number> {
  const { document, plan, store, runsFolder } = await loadPipeline(file, options);
  if (!options.json) process.stdout.write(`${(await runHeader(document, plan, colors)).join("\n")}\n\n`);
  if (options.dryRun) {
    await printPlan(plan, store, { json: options.json === true, fresh: options.fresh === true });
    return exitCodes.done;
  }
  const progress = createProgress({ json: options.json === true, terminal: process.stdout.isTTY === true });
  const interrupt = interruptSignal();
  const result = await runPlan(plan, {
    store,
    runsFolder,
    jobs: options.jobs ?? defaultJobs(),
    fresh: options.fresh,
    execCommand: [process.execPath, fileURLToPath(new URL("../bin.js", import.meta.url)), "exec"],
    signal: interrupt.signal,
    onEvent: (event) => progress.onEvent(event),
  });
  interrupt.release();
  await progress.finish();
  if (!options.json) process.stdout.write(`${(await runSummary(plan, store, result, file)).join("\n")}\n`);
  if (result.outcome === "interrupted") return exitCodes.interrupted;
  return result.outcome === "done" ? exitCodes.done : exitCodes.stepFailed;
}

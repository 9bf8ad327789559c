import { unsetVariables } from "@eosin/core";
import { colors } from "../colors.js";
import { documentEnvironment } from "../document-environment.js";
import { exitCodes } from "../exit-codes.js";
import { loadPipeline } from "../load-pipeline.js";
import { engineFlags, type PipelineOptions } from "../pipeline-options.js";
import { printPlan } from "../plan-table.js";
import { runHeader } from "../run-header.js";
import { print } from "../terminal.js";

interface RunOptions extends PipelineOptions {
  readonly jobs?: number;
  readonly dryRun?: boolean;
}

export async function run(file: string, options: RunOptions): Promise<number> {
  const loaded = await loadPipeline(file, options);
  const { document, plan, store } = loaded;
  if (!options.json) print(`${(await runHeader(loaded, colors)).join("\n")}\n\n`);
  if (options.dryRun) {
    await printPlan(plan, store, { json: options.json === true, fresh: options.fresh === true });
    return exitCodes.done;
  }
  const env = documentEnvironment();
  // What is unset in no environment at all are the variables that the document refers to.
  const referred = unsetVariables(document, {}).map((each) => [each.name, env[each.name]] as const);
  const demand = {
    files: document.files,
    profile: options.profile,
    set: options.set,
    ...(options.limit?.length ? { limit: options.limit } : {}),
    engine: engineFlags(options),
    env: Object.fromEntries(referred.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))),
  };
  const { executePlan } = await import("../execute-plan.js");
  return executePlan(loaded, demand, options, `run ${file}`);
}

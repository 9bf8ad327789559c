import { unsetVariables } from "@eosin/core";
import { defineCommand, exitCodes, pipelineOptions } from "@eosin/plugin-api/commands";
import { colors } from "../colors.js";
import { documentEnvironment } from "../document-environment.js";
import { loadPipeline } from "../load-pipeline.js";
import { engineFlags } from "../pipeline-options.js";
import { printPlan } from "../plan-table.js";
import { runHeader } from "../run-header.js";
import { fresh, jobs } from "../run-options.js";
import { print } from "../terminal.js";

export default defineCommand({
  name: "run",
  arguments: { file: { help: "pipeline document (YAML)" } },
  options: {
    ...pipelineOptions,
    jobs,
    fresh,
    dryRun: { help: "say what would run, and run nothing" },
    json: { help: "events as JSON lines on standard output" },
  },
  async run(_, { arguments: { file }, options }) {
    const loaded = await loadPipeline(file, options);
    const { document, plan, store } = loaded;
    if (!options.json) print(`${(await runHeader(loaded, colors)).join("\n")}\n\n`);
    if (options.dryRun) {
      await printPlan(plan, store, { json: options.json, fresh: options.fresh });
      return exitCodes.done;
    }
    const env = documentEnvironment();
    // What is unset in no environment at all are the variables that the document refers to.
    const referred = unsetVariables(document, {}).map((each) => [each.name, env[each.name]] as const);
    const demand = {
      files: document.files,
      profile: options.profile,
      set: options.set,
      ...(options.limit.length > 0 ? { limit: options.limit } : {}),
      engine: engineFlags(options),
      env: Object.fromEntries(referred.flatMap(([key, value]) => (value === undefined ? [] : [[key, value]]))),
    };
    const { executePlan } = await import("../execute-plan.js");
    return executePlan(loaded, demand, options, `run ${file}`);
  },
});

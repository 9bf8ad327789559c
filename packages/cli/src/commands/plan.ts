import { describeOrigin, readLimits, readValidSettings } from "@eosin/core";
import {
  defineCommand,
  defineOptions,
  type ExitCode,
  exitCodes,
  type OptionValues,
  pipelineOptions,
} from "@eosin/plugin-api/commands";
import { documentEnvironment } from "../document-environment.js";
import { loadPipeline, loadPipelineDocument } from "../load-pipeline.js";
import { engineFlags } from "../pipeline-options.js";
import { printPlan } from "../plan-table.js";
import { settingsTable } from "../settings-table.js";
import { print } from "../terminal.js";

const planOptions = defineOptions({
  ...pipelineOptions,
  origin: { help: "show instead where each value comes from: file and line, profile, flag or default" },
  json: { help: "the plan as JSON" },
});

export default defineCommand({
  name: "plan",
  arguments: { file: { help: "pipeline document (YAML)" } },
  options: planOptions,
  async run(_, { arguments: { file }, options }) {
    if (options.origin) return printOrigins(file, options);
    const loaded = await loadPipeline(file, options);
    if (options.json) await printPlan(loaded.plan, loaded.store, { json: true, fresh: false });
    else await (await import("../show-plan.js")).showPlan(loaded);
    return exitCodes.done;
  },
});

/** Needs no data and no engine: a document says where its values come from before it can run. */
async function printOrigins(file: string, options: OptionValues<typeof planOptions>): Promise<ExitCode> {
  const { document, registry } = await loadPipelineDocument(file, options);
  const settings = readValidSettings(document, registry, {
    env: documentEnvironment(),
    engine: engineFlags(options),
    limits: readLimits(options.limit),
  });
  const text = options.json
    ? JSON.stringify(
        settings.map((each) => ({ ...each, said: describeOrigin(each) })),
        null,
        2,
      )
    : settingsTable(settings).join("\n");
  print(`${text}\n`);
  return exitCodes.done;
}

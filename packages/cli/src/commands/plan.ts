import { describeOrigin, readLimits, readValidSettings } from "@eosin/core";
import { documentEnvironment } from "../document-environment.js";
import { exitCodes } from "../exit-codes.js";
import { loadPipeline, loadPipelineDocument } from "../load-pipeline.js";
import { engineFlags, type PipelineOptions } from "../pipeline-options.js";
import { printPlan } from "../plan-table.js";
import { settingsTable } from "../settings-table.js";
import { print } from "../terminal.js";

interface PlanOptions extends PipelineOptions {
  readonly origin?: boolean;
}

export async function plan(file: string, options: PlanOptions): Promise<number> {
  if (options.origin) return printOrigins(file, options);
  const loaded = await loadPipeline(file, options);
  if (options.json) await printPlan(loaded.plan, loaded.store, { json: true, fresh: false });
  else await (await import("../show-plan.js")).showPlan(loaded);
  return exitCodes.done;
}

/** Needs no data and no engine: a document says where its values come from before it can run. */
async function printOrigins(file: string, options: PlanOptions): Promise<number> {
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

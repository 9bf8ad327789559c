import { describeOrigin, readSettings, throwFound, validateDocument } from "@eosin/core";
import colors from "picocolors";
import { documentEnvironment } from "../document-environment.js";
import { estimateCosts } from "../estimate-costs.js";
import { exitCodes } from "../exit-codes.js";
import { formatBytes, formatFlops } from "../format.js";
import { loadPipeline, loadPipelineDocument } from "../load-pipeline.js";
import { engineFlags, type PipelineOptions } from "../pipeline-options.js";
import { printPlan } from "../plan-table.js";
import { runHeader } from "../run-header.js";
import { settingsTable } from "../settings-table.js";

interface PlanOptions extends PipelineOptions {
  readonly origin?: boolean;
}

export async function plan(file: string, options: PlanOptions): Promise<number> {
  if (options.origin) return printOrigins(file, options);
  const loaded = await loadPipeline(file, options);
  if (options.json) {
    await printPlan(loaded.plan, loaded.store, { json: true, fresh: false });
    return exitCodes.done;
  }
  process.stdout.write(`${(await runHeader(loaded, colors)).join("\n")}\n\n`);
  await printPlan(loaded.plan, loaded.store, { json: false, fresh: false });
  for (const { instances, estimate } of await estimateCosts(loaded.plan, loaded.registry)) {
    const others = instances.length > 1 ? ` (and ${instances.length - 1} like it)` : "";
    process.stdout.write(
      `\n${colors.bold(instances[0])}${others} needs ${formatBytes(estimate.peakBytes)} and ` +
        `${formatFlops(estimate.flops)} for a ${estimate.unit}\n`,
    );
    for (const remark of estimate.remarks) process.stdout.write(`  ${remark}\n`);
  }
  return exitCodes.done;
}

/** Needs no data and no engine: a document says where its values come from before it can run. */
async function printOrigins(file: string, options: PlanOptions): Promise<number> {
  const { document, registry } = await loadPipelineDocument(file, options);
  const env = documentEnvironment();
  throwFound(await validateDocument(document, registry, { env }));
  const settings = readSettings(document, registry, { env, engine: engineFlags(options) });
  const text = options.json
    ? JSON.stringify(
        settings.map((each) => ({ ...each, said: describeOrigin(each) })),
        null,
        2,
      )
    : settingsTable(settings).join("\n");
  process.stdout.write(`${text}\n`);
  return exitCodes.done;
}

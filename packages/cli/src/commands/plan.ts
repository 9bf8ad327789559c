import colors from "picocolors";
import { estimateCosts } from "../estimate-costs.js";
import { exitCodes } from "../exit-codes.js";
import { formatBytes, formatFlops } from "../format.js";
import { loadPipeline } from "../load-pipeline.js";
import type { PipelineOptions } from "../pipeline-options.js";
import { printPlan } from "../plan-table.js";
import { runHeader } from "../run-header.js";

export async function plan(file: string, options: PipelineOptions): Promise<number> {
  const loaded = await loadPipeline(file, options);
  if (options.json) {
    await printPlan(loaded.plan, loaded.store, { json: true, fresh: false });
    return exitCodes.done;
  }
  process.stdout.write(`${(await runHeader(loaded.document, loaded.plan, colors)).join("\n")}\n\n`);
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

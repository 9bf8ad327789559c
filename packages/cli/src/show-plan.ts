import { formatBytes } from "@eosin/support/format-bytes";
import { formatFlops } from "@eosin/support/format-flops";
import { colors } from "./colors.js";
import { estimateCosts } from "./estimate-costs.js";
import type { LoadedPipeline } from "./load-pipeline.js";
import { lookLines } from "./look-lines.js";
import { printPlan } from "./plan-table.js";
import { runHeader } from "./run-header.js";
import { print } from "./terminal.js";

/** For people: the run's first lines, its instances, and what those need that can tell. */
export async function showPlan(loaded: LoadedPipeline): Promise<void> {
  const { plan, store, registry } = loaded;
  print(`${(await runHeader(loaded, colors)).join("\n")}\n\n`);
  await printPlan(plan, store, { json: false, fresh: false });
  const looked = await lookLines(plan, store, plan.document.file);
  if (looked.length > 0) print(`\n${looked.join("\n")}\n`);
  for (const { instances, estimate } of await estimateCosts(plan, registry)) {
    const others = instances.length > 1 ? ` (and ${instances.length - 1} like it)` : "";
    print(
      `\n${colors.bold(instances[0])}${others} needs ${formatBytes(estimate.peakBytes)} and ` +
        `${formatFlops(estimate.flops)} for a ${estimate.unit}\n`,
    );
    for (const remark of estimate.remarks) print(`  ${remark}\n`);
  }
}

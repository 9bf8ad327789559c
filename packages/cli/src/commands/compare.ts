import { relative, resolve } from "node:path";
import { colors } from "../colors.js";
import { comparedMetrics } from "../compare/compared-metrics.js";
import { comparisonTable } from "../compare/comparison-table.js";
import { contendersOf } from "../compare/contenders.js";
import { differingOptions } from "../compare/differing-options.js";
import { exitCodes } from "../exit-codes.js";
import { findRun } from "../find-run.js";
import { statusLine } from "../progress/status-line.js";
import { print } from "../terminal.js";
import { writeOutput } from "../write-output.js";

interface CompareOptions {
  readonly out?: string;
  readonly reference?: string;
  readonly baselines?: boolean;
  readonly seed: number;
  readonly store?: string;
  readonly trust?: boolean;
  readonly json?: boolean;
}

export async function compare(runs: readonly string[], options: CompareOptions): Promise<number> {
  const found = await Promise.all(runs.map((run) => findRun(run, options.store)));
  const planned = await contendersOf(found, options.baselines === true);
  const comparing = await import("@eosin/plugins-metrics/compare");
  const status = statusLine();
  let patches = 0;
  const { comparison, judged } = await comparing.compareContenders({
    contenders: planned.map(({ contender }) => contender),
    settings: differingOptions(planned),
    reference: options.reference,
    metrics: await comparedMetrics(found, comparing, options.trust),
    seed: options.seed,
    onPatch: () => {
      if (process.stderr.isTTY) status.update({ unit: "patch", current: ++patches });
    },
  });
  status.end();
  const out = options.out ?? (options.json ? undefined : "compare.html");
  if (out !== undefined) {
    const reference = judged.find(({ name }) => name === comparison.reference)!;
    const cases = await comparing.chooseSideBySide(judged, reference, comparison.metrics);
    await writeOutput(out, comparing.comparePage(comparison, cases));
  }
  if (options.json) print(`${JSON.stringify(comparison, null, 2)}\n`);
  else {
    print(`${comparisonTable(comparison, comparing, colors).join("\n")}\n`);
    print(`page    ${relative(process.cwd(), resolve(out as string))}\n`);
  }
  return exitCodes.done;
}

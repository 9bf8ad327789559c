import { relative, resolve } from "node:path";
import { defineCommand, exitCodes, sharedOptions, wholeNumber } from "@eosin/plugin-api/commands";

export default defineCommand({
  name: "compare",
  arguments: {
    runs: { repeatable: true, help: "folders or names of runs, or names of documents (their newest run)" },
  },
  options: {
    out: { alias: "o", value: "file", help: "the page (default: compare.html; with --json none)" },
    reference: { value: "name", help: "what the others are compared with (default: the first)" },
    baselines: { help: "compare the runs' baselines too" },
    trust: sharedOptions.trust,
    seed: { value: "number", schema: wholeNumber, default: 0, help: "seed of the bootstrap" },
    store: {
      ...sharedOptions.store,
      help: "the store of the runs (default: EOSIN_STORE, or .eosin in the working folder)",
    },
    json: { help: "the comparison as JSON" },
  },
  async run({ output, findRun }, { arguments: { runs }, options }) {
    const found = await Promise.all(runs.map((run) => findRun(run, options.store)));
    const { contendersOf } = await import("./contenders.js");
    const planned = await contendersOf(found, options.baselines);
    const [{ compareContenders }, { comparedMetrics }, { differingOptions }] = await Promise.all([
      import("../../compare/comparison.js"),
      import("./compared-metrics.js"),
      import("./differing-options.js"),
    ]);
    const status = output.statusLine();
    let patches = 0;
    const { comparison, judged } = await compareContenders({
      contenders: planned.map(({ contender }) => contender),
      settings: differingOptions(planned),
      reference: options.reference,
      metrics: await comparedMetrics(found, options.trust),
      seed: options.seed,
      onPatch: () => {
        if (output.isTerminal) status.update({ unit: "patch", current: ++patches });
      },
    });
    status.end();
    const out = options.out ?? (options.json ? undefined : "compare.html");
    if (out !== undefined) {
      const [{ chooseSideBySide }, { comparePage }] = await Promise.all([
        import("../../compare/side-by-side.js"),
        import("../../compare/html/compare-page.js"),
      ]);
      const reference = judged.find(({ name }) => name === comparison.reference)!;
      const cases = await chooseSideBySide(judged, reference, comparison.metrics);
      await output.writeFile(out, comparePage(comparison, cases));
    }
    if (options.json) output.print(`${JSON.stringify(comparison, null, 2)}\n`);
    else {
      const { comparisonTable } = await import("./comparison-table.js");
      output.print(`${comparisonTable(comparison, output.colors).join("\n")}\n`);
      output.print(`page    ${relative(process.cwd(), resolve(out as string))}\n`);
    }
    return exitCodes.done;
  },
});

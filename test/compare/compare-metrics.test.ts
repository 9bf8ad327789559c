import { readFileSync } from "node:fs";
import { join } from "node:path";
import type { Comparison } from "@eosin/plugins-metrics/compare";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { writeFolderPlugin } from "../fixtures/folder-plugin.js";
import { multitask, smallJob } from "../fixtures/small-job.js";
import { createWorkspace, readJson } from "../fixtures/workspace.js";

const workspace = createWorkspace();
afterAll(() => workspace.remove());

/** A metric that a laboratory brings, of which less is better. */
const wrongPixels = `
import { defineMetric } from "@eosin/plugin-api/learning";
const wrongPixels = defineMetric({
  type: "toy/wrong-pixels",
  summary: "Pixels that are predicted wrong.",
  options: z.object({}),
  create: () => ({
    higherIsBetter: false,
    measure: ({ truth, prediction }) => truth.reduce((sum, label, i) => sum + (label === prediction[i] ? 0 : 1), 0),
  }),
});
export default definePlugin({ name: "toy", components: [wrongPixels] });
`;

const document = `extends: ${multitask}
name: with-wrong-pixels
plugins: { ./toy: "*" }
steps:
  report: { with: { metrics: [{ uses: toy/wrong-pixels }, { uses: metrics/dice }, { uses: metrics/auroc }] } }
`;

beforeAll(async () => {
  writeFolderPlugin(workspace, "toy", wrongPixels);
  const { code, stderr } = await workspace.pipe("run", workspace.write("toy.yaml", document), ...smallJob);
  expect(code, stderr).toBe(0);
}, 300_000);

describe("a run whose report has a metric of its own", () => {
  it("prints it, and where its report is", async () => {
    const [run] = workspace.runs();
    const { metrics } = readJson<{ metrics: unknown }>(run, "report/results.json");
    expect(metrics).toEqual([
      { name: "wrong-pixels", higherIsBetter: false },
      { name: "dice", higherIsBetter: true },
      { name: "auroc", higherIsBetter: true },
    ]);
  });

  it("is compared by its metrics, with their directions", async () => {
    const { code, stdout, stderr } = await workspace.pipe("compare", "with-wrong-pixels", "--baselines");
    expect(code, stderr).toBe(0);
    expect(stdout).toMatch(/wrong-pixels ↓ +Dice\n/);
    expect(stdout).toContain("wrong-pixels ↓ by scanner");
    expect(stdout).toContain("on the page and with --json also: AUROC");
    const page = readFileSync(join(workspace.folder, "compare.html"), "utf8");
    expect(page).toContain("over the reference by wrong-pixels");
    const { stdout: json } = await workspace.pipe("compare", "with-wrong-pixels", "--baselines", "--json");
    const { metrics, differences, contenders } = JSON.parse(json) as Comparison;
    expect(metrics.map(({ name }) => name)).toEqual(["wrong-pixels", "dice", "auroc"]);
    expect(new Set(differences.map(({ metric }) => metric))).toEqual(new Set(["wrong-pixels", "dice", "auroc"]));
    const [run] = workspace.runs();
    const { predictors } = readJson<{ predictors: { overall: object }[] }>(run, "report/results.json");
    expect(predictors[0].overall).toEqual(contenders[0].summary.overall);
  });
});

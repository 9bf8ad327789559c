import { expect, test } from "vitest";
import type { Plan, PlanInstance } from "../plan/plan.js";
import { drawSteps } from "./draw-steps.js";

const instance = (id: string, role: PlanInstance["role"], inputs: readonly string[]): PlanInstance => {
  const step = id.replace(/\[.*/, "");
  return { id, step, uses: `toy/${step}`, role, inputs } as unknown as PlanInstance;
};

/** Two folds that train and are evaluated, a report of both, and a step that the report does not read. */
function planOf(report: PlanInstance): Plan {
  const folds = ["fold-0", "fold-1"];
  return {
    document: { name: "study <1>", profile: "demo" },
    instances: [
      instance("data", "planned", []),
      ...folds.map((fold) => instance(`train[${fold}]`, "step", ["data"])),
      ...folds.map((fold) => instance(`evaluate[${fold}]`, "step", [`train[${fold}]`])),
      instance("other", "step", ["data"]),
      report,
    ],
  } as unknown as Plan;
}

/** Of the boxes, then of the legend. */
const textsOf = (svg: string) => [...svg.matchAll(/<text[^>]*>([^<]*)<\/text>/g)].map(([, text]) => text);

test("draws what a report depends on, a box a step, and nothing else of the plan", async () => {
  const report = instance("report", "step", ["evaluate[fold-0]", "evaluate[fold-1]"]);
  const svg = await drawSteps(planOf(report), report);
  expect(svg).toContain("<title>study &lt;1&gt; (demo)</title>");
  expect(textsOf(svg)).toEqual([
    ...["data", "toy/data", "known while planning"],
    ...["train", "toy/train", "2 × done"],
    ...["evaluate", "toy/evaluate", "2 × done"],
    ...["report", "toy/report", "done"],
    ...["done", "known while planning"],
  ]);
  expect(svg.match(/marker-end/g)).toHaveLength(3);
  expect(await drawSteps(planOf(report), report)).toBe(svg);
});

test("tells what failed, and what was skipped for it", async () => {
  const because = { because: "train[fold-1]", axes: {}, code: "STEP_FAILED", message: "It failed." };
  const report = {
    ...instance("report", "step", ["evaluate[fold-0]"]),
    missing: [{ instance: "evaluate[fold-1]", ...because }],
  };
  const texts = textsOf(await drawSteps(planOf(report), report));
  expect(texts).toEqual(expect.arrayContaining(["1 failed, 1 done", "1 skipped, 1 done", "failed", "skipped"]));
});

test("a step of which nothing is left has its name and its state alone", async () => {
  const sheet = { instance: "sheet", because: "sheet", axes: {}, code: "STEP_FAILED", message: "It failed." };
  const report = { ...instance("report", "step", ["evaluate[fold-0]"]), missing: [sheet] };
  const svg = await drawSteps(planOf(report), report);
  expect(textsOf(svg).slice(-5)).toEqual(["sheet", "failed", "failed", "done", "known while planning"]);
});

import type { JsonObject, JsonValue } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { planText as planDocumentText } from "../fixtures/plan-document.js";
import { jsonLength } from "./limits/json-length.js";
import type { Plan } from "./plan.js";
import { parsePlan, planText, requireWritablePlan } from "./plan-text.js";

const samples = (count: number, path: string): JsonObject => ({
  name: "many",
  samples: Array.from({ length: count }, (_, i) => ({ id: `sample-${i}`, path })),
});

/** A plan whose folds hold the whole data set, as those of splits do. */
async function withFolds(dataset: JsonObject, folds: number): Promise<Plan> {
  const plan = await planDocumentText("name: a\nsteps: { d: { uses: toy/data } }\n");
  const items = Array.from({ length: folds }, (_, i) => ({
    key: `fold-${i}`,
    value: { dataset, test: [i] },
    identity: i,
  }));
  return { ...plan, planned: { d: { value: dataset, identity: 1 }, folds: { items } } };
}

test("a plan of usual size is written for people", async () => {
  const plan = await withFolds(samples(3, "x"), 2);
  expect(planText(plan)).toBe(`${JSON.stringify(plan, null, 2)}\n`);
  expect(parsePlan(planText(plan))).toEqual(JSON.parse(JSON.stringify(plan)));
});

test("a large one has its data set once, and is read as it was", async () => {
  const plan = await withFolds(samples(100_000, "p".repeat(100)), 20);
  const text = planText(plan);
  expect(text.length).toBeLessThan(20_000_000);
  const read = parsePlan(text);
  expect(read.planned.d).toEqual(plan.planned.d);
  const { items } = read.planned.folds as unknown as {
    items: { key: string; value: { dataset: unknown; test: unknown } }[];
  };
  expect(items.map(({ key, value }) => [key, value.test])).toEqual(
    Array.from({ length: 20 }, (_, i) => [`fold-${i}`, [i]]),
  );
  for (const { value } of items) expect(value.dataset).toBe((read.planned.d as { value: unknown }).value);
});

test("one that no text can hold is refused while it is planned", async () => {
  const dataset = samples(200_000, "p".repeat(3000));
  const plan = await withFolds(dataset, 1);
  expect(() => requireWritablePlan(plan)).toThrow(expect.objectContaining({ code: "PLAN_TOO_LARGE" }));
  expect(() => planText(plan)).toThrow(expect.objectContaining({ code: "PLAN_TOO_LARGE" }));
});

test("lengths are those of the text", () => {
  const value: JsonValue = { a: [1, "two", null, true, { b: [] }], c: -1.5, "": "x".repeat(5000) };
  expect(Math.abs(jsonLength([value, value]) - JSON.stringify([value, value]).length)).toBeLessThan(10);
});

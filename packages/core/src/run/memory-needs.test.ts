import { expect, test } from "vitest";
import type { Plan, PlanInstance } from "../plan/plan.js";
import { handle, toyPlan } from "./fixtures/toy-plan.js";
import { MemoryNeeds } from "./memory-needs.js";

const weigh = (bytes: number, inputs: readonly string[] = []) => ({
  uses: "toy/weigh",
  with: { bytes, asked: "nowhere", texts: inputs.map((input) => handle(input)) },
  inputs,
});

/** @param bytes What is told; an error where nobody can be asked. */
async function needsOf(steps: Parameters<typeof toyPlan>[0], bytes: { readonly [id: string]: number } | Error) {
  const plan: Plan = await toyPlan(steps);
  const instances = plan.instances.map((each): PlanInstance => ({ ...each, estimates: true }));
  const asked: (readonly string[])[] = [];
  const needs = new MemoryNeeds(plan, async (ids) => {
    asked.push(ids);
    if (bytes instanceof Error) throw bytes;
    return new Map(Object.entries(bytes));
  });
  return { needs, asked, instances };
}

test("an instance has no needs before its estimate is told", async () => {
  const { needs, instances } = await needsOf({ a: weigh(1) }, { a: 7 });
  expect(needs.of(instances[0])).toBeUndefined();
  needs.learn(instances);
  expect(needs.of(instances[0])).toBeUndefined();
  await Promise.all(needs.underway);
  expect(needs.of(instances[0])).toEqual({ threads: 1, device: "cpu", memoryBytes: 7 });
  expect(needs.underway).toEqual([]);
});

test("instances of a step that read other artifacts need the same, and one of them is asked for, once", async () => {
  const steps = { a: weigh(1), b: weigh(1), "c[1]": weigh(2, ["a"]), "c[2]": weigh(2, ["b"]) };
  const { needs, asked, instances } = await needsOf(steps, { a: 1, b: 2, "c[1]": 3 });
  needs.learn(instances);
  needs.learn(instances);
  await Promise.all(needs.underway);
  needs.learn(instances);
  expect(asked).toEqual([["a", "b", "c[1]"]]);
  expect(instances.map((each) => needs.of(each)?.memoryBytes)).toEqual([1, 2, 3, 3]);
});

test.each([
  ["what cannot be told", {}],
  ["nobody to ask", new Error("no process")],
])("%s leaves the memory open", async (_name, bytes) => {
  const { needs, instances } = await needsOf({ a: weigh(1) }, bytes);
  needs.learn(instances);
  await Promise.all(needs.underway);
  expect(needs.of(instances[0])).toEqual({ threads: 1, device: "cpu" });
});

test("instances whose component has no estimate are not asked for", async () => {
  const { needs, asked, instances } = await needsOf({ a: weigh(1) }, {});
  const plain = instances.map(({ estimates: _, ...each }) => each);
  needs.learn(plain);
  expect(asked).toEqual([]);
  expect(needs.of(plain[0])).toBe(plain[0].resources);
});

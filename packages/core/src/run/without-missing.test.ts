import type { JsonObject } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import type { PlanInstance } from "../plan/plan.js";
import { handle } from "./fixtures/toy-plan.js";
import { withoutMissing } from "./without-missing.js";

const input = (name: string): JsonObject => ({ $input: `fingerprint of ${name}`, axes: { point: name } });
const missing = (...instances: string[]) =>
  instances.map((instance) => ({ instance, axes: {}, because: instance, code: "STEP_FAILED", message: "It failed." }));

/** Reads a, b, c as a list; d in nested lists and alone; e as something that it cannot do without. */
const reader = {
  id: "report",
  options: {
    points: [handle("a"), handle("b"), handle("c")],
    nested: [[handle("d"), handle("a")], [handle("d")]],
    sheet: handle("d"),
    seen: [handle("a"), handle("b")],
    needed: handle("e"),
    title: "table",
  },
  inputs: ["a", "b", "c", "d", "e"],
  fingerprint: "whole",
  parts: {
    contract: "1",
    planVersion: 1,
    component: "toy/report",
    plugins: {},
    seed: 1,
    // `seen` is immaterial.
    options: {
      points: [input("a"), input("b"), input("c")],
      nested: [[input("d"), input("a")], [input("d")]],
      sheet: input("d"),
      needed: input("e"),
      title: "table",
    },
  },
  doesWithout: {
    points: { needsOne: true },
    nested: { needsOne: false, otherwise: [] },
    sheet: { needsOne: false },
    seen: { needsOne: false, otherwise: [] },
  },
} as unknown as PlanInstance;

test("a list loses the members that are missing, in the options and in what is fingerprinted", () => {
  const rest = withoutMissing(reader, missing("b"))!;
  expect(rest.options.points).toEqual([handle("a"), handle("c")]);
  expect(rest.options.seen).toEqual([handle("a")]);
  expect(rest.parts.options).toMatchObject({ points: [input("a"), input("c")] });
  expect(rest.parts.options).not.toHaveProperty("seen");
  expect(rest.inputs).toEqual(["a", "c", "d", "e"]);
  expect(rest.missing).toEqual(missing("b"));
  expect(rest.fingerprint).toMatch(/^[0-9a-f]{64}$/);
});

test("lists inside lists go where nothing is left of them, single artifacts are left out", () => {
  const rest = withoutMissing(reader, missing("d"))!;
  expect(rest.options.nested).toEqual([[handle("a")]]);
  expect(rest.options).not.toHaveProperty("sheet");
  const bare = withoutMissing(reader, missing("d", "a"))!;
  expect(bare.options.nested).toEqual([]);
  expect(bare.parts.options).toMatchObject({ nested: [] });
});

test("what failed, and how, makes another artifact", () => {
  const other = missing("b").map((each) => ({ ...each, message: "It failed otherwise." }));
  const fingerprints = [missing("b"), missing("c"), other].map((each) => withoutMissing(reader, each)?.fingerprint);
  expect(new Set(fingerprints).size).toBe(3);
  expect(withoutMissing(reader, missing("b"))?.fingerprint).toBe(fingerprints[0]);
});

test("not without what is needed, nor without the last of what needs one", () => {
  expect(withoutMissing(reader, missing("b", "e"))).toBeUndefined();
  expect(withoutMissing(reader, missing("a", "b", "c"))).toBeUndefined();
});

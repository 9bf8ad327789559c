import { defineArtifact, defineStep } from "@eosin/plugin-api";
import { expect, test } from "vitest";
import { z } from "zod";
import { toPlainJson } from "./plain-json.js";

const anything = defineArtifact("anything", z.unknown());
const definition = defineStep({
  produces: anything,
  type: "toy/x",
  summary: "X.",
  options: z.object({}),
  create: () => ({ run: async () => 1 }),
});
const owner = { definition, plugin: "toy" };

test("drops keys without a value, keeps the rest", () => {
  const value = { a: undefined, b: [1, { c: null, d: undefined }], e: "x", f: false };
  expect(toPlainJson(value, owner)).toStrictEqual({ b: [1, { c: null }], e: "x", f: false });
});

test.each([[new Date(0)], [new Map()], [Number.NaN], [Number.POSITIVE_INFINITY], [() => 1], [1n], [[undefined]]])(
  "refuses %s, naming the component",
  (value) => {
    expect(() => toPlainJson({ deep: [value] }, owner)).toThrow(/toy\/x gives a value that is not plain JSON/);
  },
);

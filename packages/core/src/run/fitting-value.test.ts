import { defineArtifact } from "@eosin/plugin-api";
import { z } from "@eosin/plugin-api/zod";
import { expect, test } from "vitest";
import { fitting } from "./fitting-value.js";

const counts = defineArtifact("counts", z.object({ of: z.array(z.object({ patches: z.number() })) }));
const work = { instance: { id: "count", plugin: "my-plugin" } };

test("a value that fits is stored as it is, with what the schema does not know", () => {
  const value = { of: [{ patches: 3 }], more: true };
  expect(fitting(value, counts, work)).toBe(value);
  expect(fitting("anything", undefined, work)).toBe("anything");
});

test("another value is a fault of the plugin, named with its place", () => {
  expect(() => fitting({ of: [{ patches: 3 }, { patches: "4" }] }, counts, work)).toThrow(
    expect.objectContaining({
      code: "STEP_VALUE_INVALID",
      message: expect.stringContaining("What count returned is not an artifact counts: value.of.1.patches:"),
      next: "This is a fault of my-plugin: tell its author.",
    }),
  );
});

test("what is not plain JSON is refused first", () => {
  expect(() => fitting({ of: [{ patches: Number.NaN }] }, counts, work)).toThrow(
    /not plain JSON: value.of\[0\].patches/,
  );
});

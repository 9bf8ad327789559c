import type { JsonValue } from "@eosin/plugin-api";
import { describe, expect, test } from "vitest";
import { z } from "zod";
import { fromJson } from "../nodes/node.js";
import { checkSchema } from "./check-schema.js";
import type { ForeignSchema } from "./schema-view.js";

const place = { file: "--text", line: 1, column: 1 };
const faultsOf = (schema: ForeignSchema, value: unknown) =>
  checkSchema(fromJson(value as JsonValue, place), { schema, owner: "toy/x", where: "with" }).faults.map(
    ({ error }) => `${error.code}: ${error.message} ${error.expected ?? ""}`,
  );

/** As another copy of zod would give it: nothing in common with ours but the methods that are called. */
function foreign(schema: z.ZodType): ForeignSchema {
  return {
    safeParse: (value) => schema.safeParse(value),
    toJSONSchema: (how) => z.toJSONSchema(schema, how),
  };
}

test("a schema of another copy of zod is checked like one of our own", () => {
  const schema = z.object({ a: z.number().default(1), inner: z.object({ b: z.string() }).optional() });
  const value = { inner: { b: 1, c: 2 } };
  expect(faultsOf(foreign(schema), value)).toEqual(faultsOf(schema, value));
  expect(faultsOf(foreign(schema), value)).toHaveLength(2);
  const checked = checkSchema(fromJson({}, place), { schema: foreign(schema), owner: "toy/x", where: "with" });
  expect(checked).toEqual({ data: { a: 1 }, faults: [] });
});

describe("unknown keys", () => {
  test.each([
    ["in a list of maps", z.object({ list: z.array(z.object({ a: z.int() })) }), { list: [{ a: 1 }, { a: 1, z: 2 }] }],
    [
      "in a record of maps",
      z.object({ r: z.record(z.string(), z.object({ a: z.int() })) }),
      { r: { any: { a: 1, z: 2 } } },
    ],
    ["in a tuple", z.object({ t: z.tuple([z.int(), z.object({ a: z.int() })]) }), { t: [1, { a: 1, z: 2 }] }],
    [
      "in the branch of a union that the constant names",
      z.object({ u: z.union([z.object({ k: z.literal("a"), z: z.int() }), z.object({ k: z.literal("b") })]) }),
      { u: { k: "b", z: 2 } },
    ],
    [
      "in an intersection",
      z.object({ i: z.intersection(z.object({ a: z.int() }), z.object({ b: z.int() })) }),
      { i: { a: 1, b: 2, z: 2 } },
    ],
    [
      "behind a transform",
      z.object({ t: z.object({ a: z.int() }).transform((value) => value.a) }),
      { t: { a: 1, z: 2 } },
    ],
    [
      "behind a preprocessor and a default",
      z.object({ p: z.preprocess((v) => v, z.object({ a: z.int() })).default({ a: 1 }) }),
      { p: { a: 1, z: 2 } },
    ],
  ])("are found %s", (_name, schema, value) => {
    expect(faultsOf(schema, value)).toHaveLength(1);
    expect(faultsOf(schema, value)[0]).toMatch(/^UNKNOWN_KEY: with\..* has no key z\./);
  });

  test.each([
    ["a loose map", z.object({ l: z.looseObject({ a: z.int() }) }), { l: { a: 1, z: 2 } }],
    ["a record", z.object({ r: z.record(z.string(), z.int()) }), { r: { z: 2 } }],
    ["anything", z.object({ j: z.json(), a: z.any() }), { j: { z: { z: 1 } }, a: { z: 1 } }],
    ["a recursive schema", recursive(), { value: 1, children: [{ value: 2, children: [] }] }],
  ])("are what %s is for", (_name, schema, value) => {
    expect(faultsOf(schema, value)).toEqual([]);
  });

  test("a recursive schema is closed at every depth", () => {
    const value = { value: 1, children: [{ value: 2, children: [{ value: 3, children: [], z: 1 }] }] };
    expect(faultsOf(recursive(), value)).toEqual([
      "UNKNOWN_KEY: with.children.0.children.0 has no key z. one of value, children",
    ]);
  });
});

function recursive() {
  const node = z.object({
    value: z.int(),
    get children() {
      return z.array(node);
    },
  });
  return node;
}

test.each([
  [
    "a refinement says its own words",
    z.object({ a: z.int().refine((n) => n % 32 === 0, "a multiple of 32") }),
    "with.a: a multiple of 32. a whole number",
  ],
  ["bounds", z.object({ a: z.number().gt(0).lte(1) }), "with.a has the wrong value. a number above 0 and at most 1"],
  [
    "a list that is too short",
    z.object({ a: z.array(z.int()).min(8) }),
    "with.a has the wrong value. a list of at least 8 of: a whole number",
  ],
  [
    "alternatives",
    z.object({ a: z.union([z.literal("auto"), z.boolean()]) }),
    'with.a has the wrong value. "auto" or true or false',
  ],
])("%s", (_name, schema, message) => {
  const wrong = message.includes("list") ? [1] : 5;
  expect(faultsOf(schema, { a: wrong })).toEqual([`INVALID_VALUE: ${message}`]);
});

describe("what is expected is said by type, whatever the description says the option is for", () => {
  const said = (schema: z.ZodType) => schema.describe("What it is for, and whether any of that matters");
  test.each([
    ["a boolean", said(z.boolean().default(false)), "yes", "true or false", "true"],
    ["a boolean that is off", said(z.boolean().optional()), "off", "true or false", "false"],
    ["a list", said(z.array(z.int())), "yes", "a list of: a whole number", undefined],
    ["an enumeration", said(z.enum(["mcc", "dice"]).default("mcc")), "dise", "one of mcc, dice", "dice"],
    ["a constant", said(z.literal("auto")), "out", '"auto"', undefined],
    ["a number", said(z.number().min(0).default(1)), "0,001", "a number at least 0", "0.001"],
    ["a number in quotes", said(z.int()), "4", "a whole number", "4"],
    ["a text", said(z.string()), 5, "a text", undefined],
    ["a map", said(z.object({ a: z.int(), b: z.int() })), "yes", "a map with a, b", undefined],
    [
      "alternatives",
      said(z.union([said(z.boolean()), said(z.array(z.string()))])),
      5,
      "true or false or a list of: a text",
      undefined,
    ],
    [
      "a form of text",
      z.string().regex(/^a/).describe("a name: it begins with a"),
      "b",
      "a name: it begins with a",
      undefined,
    ],
    [
      "any JSON",
      z.json().refine((value) => value === 1, "one"),
      5,
      "a text or a number or true or false or null or a list or a map",
      undefined,
    ],
  ])("%s", (_name, schema, value, expected, meant) => {
    const node = fromJson({ a: value } as JsonValue, place);
    const { faults } = checkSchema(node, { schema: z.object({ a: schema }), owner: "toy/x", where: "with" });
    expect(faults.map(({ error }) => [error.expected, error.didYouMean])).toEqual([[expected, meant]]);
  });
});

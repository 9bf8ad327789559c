import type { JsonValue } from "@eosin/plugin-api";
import fc from "fast-check";
import { expect, test } from "vitest";
import { canonicalJson, hashJson } from "./canonical-json.js";

/** The same value with the keys of every map in another order. */
function shuffled(value: JsonValue, order: (keys: string[]) => string[]): JsonValue {
  if (Array.isArray(value)) return value.map((item: JsonValue) => shuffled(item, order));
  if (typeof value !== "object" || value === null) return value;
  const object = value as { readonly [key: string]: JsonValue };
  return Object.fromEntries(order(Object.keys(object)).map((key) => [key, shuffled(object[key], order)]));
}

const json = fc.jsonValue() as fc.Arbitrary<JsonValue>;

test("the order of keys never matters", () => {
  fc.assert(
    fc.property(json, fc.integer(), (value, turn) => {
      const rotated = shuffled(value, (keys) => keys.map((_, index) => keys.at((index + turn) % keys.length)!));
      const reversed = shuffled(value, (keys) => keys.reverse());
      expect(hashJson(rotated)).toBe(hashJson(value));
      expect(hashJson(reversed)).toBe(hashJson(value));
    }),
  );
});

test("it is JSON of the same value, and other values have another text", () => {
  fc.assert(
    fc.property(json, json, (a, b) => {
      expect(JSON.stringify(JSON.parse(canonicalJson(a)))).toBe(
        JSON.stringify(JSON.parse(canonicalJson(JSON.parse(JSON.stringify(a))))),
      );
      const same = canonicalJson(a) === canonicalJson(b);
      expect(same).toBe(canonicalJson(JSON.parse(JSON.stringify(a))) === canonicalJson(JSON.parse(JSON.stringify(b))));
      if (same) expect(JSON.parse(JSON.stringify(a))).toEqual(JSON.parse(JSON.stringify(b)));
    }),
  );
});

test("known text and hash", () => {
  expect(canonicalJson({ b: [1, 0.1, -0], a: { d: null, c: "é\n" } })).toBe(
    '{"a":{"c":"é\\n","d":null},"b":[1,0.1,0]}',
  );
  expect(hashJson({})).toBe("44136fa355b3678a1146ad16f7e8649e94fb4fc21fe77e8310c060f61caaff8a");
});

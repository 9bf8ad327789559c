import fc from "fast-check";
import { expect, test } from "vitest";
import { mergeNodes } from "./merge.js";
import { type DocumentNode, fromJson, toJson } from "./node.js";

type Json = Parameters<typeof fromJson>[0];
const place = { file: "a.yaml", line: 1, column: 1 };
const node = (value: Json): DocumentNode => fromJson(value, place);
const merge = (base: Json, patch: Json): Json => toJson(mergeNodes(node(base), node(patch)));

/** The pseudocode of RFC 7396, section 2. */
function mergePatch(target: Json, patch: Json): Json {
  if (typeof patch !== "object" || patch === null || Array.isArray(patch)) return patch;
  const result = new Map(
    typeof target === "object" && target !== null && !Array.isArray(target) ? Object.entries(target) : [],
  );
  for (const [key, value] of Object.entries(patch)) {
    if (value === null) result.delete(key);
    else result.set(key, mergePatch(result.get(key) ?? null, value));
  }
  return Object.fromEntries(result);
}

const { tree } = fc.letrec<{ tree: Json }>((tie) => ({
  tree: fc.oneof(
    { maxDepth: 3 },
    fc.constantFrom<Json[]>(null, 1, "x", true),
    fc.array(tie("tree"), { maxLength: 3 }) as fc.Arbitrary<Json>,
    fc.dictionary(fc.constantFrom("a", "b", "c", "__proto__"), tie("tree"), {
      noNullPrototype: true,
    }) as fc.Arbitrary<Json>,
  ),
}));
const map = fc.dictionary(fc.constantFrom("a", "b", "c"), tree, { noNullPrototype: true }) as fc.Arbitrary<Json>;

test("merges as JSON Merge Patch", () => {
  fc.assert(
    fc.property(map, map, (base, patch) => {
      expect(merge(base, patch)).toEqual(mergePatch(base, patch));
    }),
  );
});

test("an empty patch changes nothing, and the same patch twice is the same as once", () => {
  fc.assert(
    fc.property(map, map, (base, patch) => {
      expect(merge(base, {})).toEqual(base);
      expect(merge(merge(base, patch), patch)).toEqual(merge(base, patch));
    }),
  );
});

test("another `uses` drops the `with` of the old one, at any depth", () => {
  const base = { data: { uses: "data/cosas", with: { root: "/images", task: 2 } } };
  expect(merge(base, { data: { uses: "data/synthetic", with: { scanners: 3 } } })).toEqual({
    data: { uses: "data/synthetic", with: { scanners: 3 } },
  });
  expect(merge(base, { data: { uses: "data/cosas", with: { task: 1 } } })).toEqual({
    data: { uses: "data/cosas", with: { root: "/images", task: 1 } },
  });
});

test("a merged value keeps the place where it was written", () => {
  const base = fromJson({ a: 1, b: 2 }, place);
  const patch = fromJson({ b: 3 }, { file: "b.yaml", line: 7, column: 5 });
  const merged = mergeNodes(base, patch);
  expect(merged.kind === "map" && merged.entries.get("a")?.node.place.file).toBe("a.yaml");
  expect(merged.kind === "map" && merged.entries.get("b")?.node.place).toEqual({ file: "b.yaml", line: 7, column: 5 });
});

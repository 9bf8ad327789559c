import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { foldKeys } from "./fold-keys.js";

describe("keys of folds", () => {
  it("are today's for names in ASCII, and names in any script else", () => {
    expect(foldKeys(["kfbio-400", "lab 3/a", "A.b_c", "(x)"])).toEqual(["kfbio-400", "lab-3-a", "A.b_c", "-x-"]);
    expect(foldKeys(["東京", "大阪", "Köln", "Мюнхен", "กรุงเทพ"])).toEqual([
      "東京",
      "大阪",
      "Köln",
      "Мюнхен",
      "กรุงเทพ",
    ]);
  });

  it("have a hash where they would meet, or be too long for a file", () => {
    const [slash, space, emoji, other, long] = foldKeys(["a/b", "a b", "🔬", "🧪", "京".repeat(90)]);
    expect(slash).toMatch(/^a-b-[0-9a-f]{8}$/);
    expect(space).toMatch(/^a-b-[0-9a-f]{8}$/);
    expect(new Set([slash, space, emoji, other]).size).toBe(4);
    expect(Buffer.byteLength(long)).toBeLessThanOrEqual(160);
  });

  it("are unique and fit for names of files and instances, whatever the names", () => {
    fc.assert(
      fc.property(fc.uniqueArray(fc.string({ unit: "binary", minLength: 1 }), { minLength: 1 }), (names) => {
        const keys = foldKeys(names);
        expect(new Set(keys).size).toBe(names.length);
        for (const key of keys) expect(key).toMatch(/^[^\s[\],=/\\:*?"<>|\p{C}]+$/u);
      }),
    );
  });
});

import { describe, expect, it } from "vitest";
import { datasetHandle, indexOf, planContext, planSplits } from "../../testing/plan-context.test-support.js";
import { stratifiedKfoldOptions } from "./options.js";
import { createStratifiedKfold } from "./stratified-kfold.js";

const dataset = indexOf({ x: 12, y: 12, z: 12 });
const context = planContext({ datasets: { data: dataset } });
const open = (options: object) =>
  createStratifiedKfold(stratifiedKfoldOptions.parse({ dataset: datasetHandle("data"), ...options }));
const domains = (ids: readonly string[]) => ["x", "y", "z"].map((name) => ids.filter((id) => id[0] === name).length);

describe("stratified folds", () => {
  it("test every sample once, with domains in proportion in every part", async () => {
    const folds = await planSplits(open({ k: 4 }), context);
    expect(folds.map((each) => each.key)).toEqual(["fold-0", "fold-1", "fold-2", "fold-3"]);
    expect(folds.flatMap((each) => each.split.test).sort()).toEqual(dataset.samples.map((each) => each.id).sort());
    for (const { split } of folds) {
      expect(domains(split.test)).toEqual([3, 3, 3]);
      // 0.2 · 27 rounded up is 6.
      expect(domains(split.validation)).toEqual([2, 2, 2]);
      expect(domains(split.train)).toEqual([7, 7, 7]);
      expect(new Set([...split.train, ...split.validation, ...split.test]).size).toBe(36);
    }
  });

  it("follow the seed, and so do their identities", async () => {
    const again = await planSplits(open({ k: 4 }), context);
    expect(again).toEqual(await planSplits(open({ k: 4 }), context));
    const other = await planSplits(open({ k: 4 }), planContext({ seed: 43, datasets: { data: dataset } }));
    expect(other[0].identity).not.toEqual(again[0].identity);
    expect(JSON.stringify(again[0].identity)).not.toContain("source");
  });

  it("may go without validation or stratification", async () => {
    const [fold] = await planSplits(open({ k: 3, validation: 0, by: "none" }), context);
    expect(fold.split.validation).toEqual([]);
    expect(fold.split.test).toHaveLength(12);
  });

  it("refuse a domain with fewer images than folds", async () => {
    const few = planContext({ datasets: { data: indexOf({ x: 12, y: 3 }) } });
    await expect(open({ k: 4 }).plan(few)).rejects.toMatchObject({
      code: "FOLDS_TOO_MANY",
      message: expect.stringContaining("y"),
      next: expect.stringContaining("3"),
    });
  });

  it("refuse to leave nothing to train on", async () => {
    const tiny = planContext({ datasets: { data: indexOf({ x: 2 }) } });
    await expect(open({ k: 2 }).plan(tiny)).rejects.toMatchObject({ code: "SPLIT_PART_EMPTY" });
  });
});

import { describe, expect, it } from "vitest";
import { datasetHandle, indexOf, planContext, planSplits } from "../../testing/plan-context.test-support.js";
import { createLeaveOneDomainOut } from "./leave-one-domain-out.js";
import { leaveOneDomainOutOptions } from "./options.js";

const open = (options: object = {}) =>
  createLeaveOneDomainOut(leaveOneDomainOutOptions.parse({ dataset: datasetHandle("data"), ...options }));
const context = planContext({ datasets: { data: indexOf({ "kfbio-400": 10, "lab 3/a": 5, c: 5 }) } });

describe("leaving one domain out", () => {
  it("tests on each domain alone", async () => {
    const folds = await planSplits(open(), context);
    expect(folds.map((each) => each.key)).toEqual(["kfbio-400", "lab-3-a", "c"]);
    for (const [i, domain] of ["kfbio-400", "lab 3/a", "c"].entries()) {
      const { train, validation, test } = folds[i].split;
      expect(test.every((id) => id.startsWith(`${domain}/`))).toBe(true);
      expect([...train, ...validation].some((id) => id.startsWith(`${domain}/`))).toBe(false);
      expect(train.length + validation.length + test.length).toBe(20);
    }
  });

  it("has a fold for each domain in any script (F32)", async () => {
    const names = ["東京", "大阪", "a/b", "a b"];
    const scripts = planContext({ datasets: { data: indexOf(Object.fromEntries(names.map((name) => [name, 5]))) } });
    const keys = (await planSplits(open(), scripts)).map((each) => each.key);
    expect(keys.slice(0, 2)).toEqual(["東京", "大阪"]);
    expect(new Set(keys).size).toBe(4);
    // A key does not depend on which of the domains are left out.
    expect((await planSplits(open({ domains: ["a/b"] }), scripts)).map((each) => each.key)).toEqual([keys[2]]);
  });

  it("leaves out only the domains asked for", async () => {
    expect((await planSplits(open({ domains: ["c"] }), context)).map((each) => each.key)).toEqual(["c"]);
    await expect(open({ domains: ["d"] }).plan(context)).rejects.toMatchObject({ code: "UNKNOWN_DOMAIN" });
  });

  it("needs two domains", async () => {
    const one = planContext({ datasets: { data: indexOf({ a: 9 }) } });
    await expect(open().plan(one)).rejects.toMatchObject({ code: "SPLIT_PART_EMPTY" });
  });
});

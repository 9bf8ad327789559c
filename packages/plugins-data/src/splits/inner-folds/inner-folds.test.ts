import { planContext as contextOf } from "@eosin/plugin-api/testing";
import { describe, expect, it } from "vitest";
import {
  datasetHandle,
  indexOf,
  planContext,
  planSplits,
  withAttributes,
} from "../../testing/plan-context.test-support.js";
import { createLeaveOneDomainOut } from "../leave-one-domain-out/leave-one-domain-out.js";
import { leaveOneDomainOutOptions } from "../leave-one-domain-out/options.js";
import { createInnerFolds } from "./inner-folds.js";
import { innerFoldsOptions } from "./options.js";

const indexed = indexOf({ a: 12, b: 9, c: 5 });

async function inner(options: object = {}, index = indexed, outer: object = {}) {
  const asked = leaveOneDomainOutOptions.parse({ dataset: datasetHandle("data"), domains: ["c"], ...outer });
  const [{ split }] = await planSplits(createLeaveOneDomainOut(asked), planContext({ datasets: { data: index } }));
  const artifacts = { folds: { type: "split", value: split } };
  const handle = { $artifact: { type: "split", instance: "folds" } };
  const context = contextOf({ artifacts });
  const folds = await planSplits(createInnerFolds(innerFoldsOptions.parse({ split: handle, ...options })), context);
  return { split, folds };
}

describe("inner folds", () => {
  it("validate in turn on all that the fold trains on, and test what it tests", async () => {
    const { split, folds } = await inner({ k: 3 });
    expect(folds.map(({ key }) => key)).toEqual(["c-0", "c-1", "c-2"]);
    const all = [...split.train, ...split.validation].sort();
    expect(folds.flatMap((each) => each.split.validation).sort()).toEqual(all);
    for (const { split: each } of folds) {
      expect(each.test).toEqual(split.test);
      expect([...each.train, ...each.validation].sort()).toEqual(all);
      expect(each.validation).toHaveLength(7);
      expect(each.validation.filter((id) => id.startsWith("a/"))).toHaveLength(4);
    }
  });

  it("draw otherwise in each outer fold, and the same again", async () => {
    const ofC = await inner({ k: 3 });
    expect((await inner({ k: 3 })).folds).toEqual(ofC.folds);
    const ofB = await inner({ k: 3 }, indexed, { domains: ["b"] });
    const inA = (ids: readonly string[]) => ids.filter((id) => id.startsWith("a/"));
    expect(inA(ofB.folds[0].split.validation)).not.toEqual(inA(ofC.folds[0].split.validation));
  });

  it("keep groups together as the fold does", async () => {
    const grouped = withAttributes(indexed, (domain, i) => ({ patient: `${domain}${Math.floor(i / 3)}` }));
    const { folds } = await inner({ k: 3 }, grouped, { groupBy: "patient" });
    const patientOf = new Map(grouped.samples.map(({ id, attributes }) => [id, attributes!.patient]));
    for (const { split } of folds) {
      const [trained, validated] = [split.train, split.validation].map(
        (ids) => new Set(ids.map((id) => patientOf.get(id))),
      );
      expect([...validated].filter((patient) => trained.has(patient))).toEqual([]);
      expect(split.groupBy).toBe("patient");
    }
  });

  it("are refused where a domain has fewer samples than there are folds", async () => {
    await expect(inner({ k: 10 })).rejects.toMatchObject({
      code: "FOLDS_TOO_MANY",
      message: expect.stringContaining("b of what c trains on"),
      found: "9",
    });
  });
});

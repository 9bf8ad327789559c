import type { ComponentSpec } from "@eosin/plugin-api";
import type { DatasetComponent, Sample } from "@eosin/plugin-api/imaging";
import { describe, expect, it } from "vitest";
import {
  datasetHandle,
  indexOf,
  planContext,
  planDataset,
  withAttributes,
} from "../../testing/plan-context.test-support.js";
import { createUnion } from "./union.js";

describe("a union", () => {
  const first = indexOf({ a: 2 }, "first");
  const second = { ...indexOf({ a: 3, b: 1 }, "second"), samples: indexOf({ c: 2, b: 1 }, "second").samples };
  const built: string[] = [];
  const create = async <Implementation>(spec: ComponentSpec) => {
    built.push(spec.uses);
    const reader: Pick<DatasetComponent, "read"> = {
      read: async ({ id, domain, source }) =>
        ({ id, domain, image: { width: 1, height: 1, data: new Uint8Array(3) }, source }) as Sample,
    };
    return reader as Implementation;
  };
  const union = createUnion([datasetHandle("one"), datasetHandle("two")], create);
  const context = planContext({ datasets: { one: first, two: second } });

  it("reads each sample by the reader of its own dataset", async () => {
    const { index } = await planDataset(union, context);
    expect(index.samples.map((each) => each.id)).toEqual(["a/000", "a/001", "c/000", "c/001", "b/000"]);
    expect(await union.read(index.samples[3])).toMatchObject({ id: "c/001", source: { domain: "c", i: 1 } });
    await union.read(index.samples[4]);
    expect(built).toEqual(["toy/dataset"]);
  });

  it("keeps attributes, and what its datasets passed over and remarked", async () => {
    const passed = { reason: "no mask", folder: ".", count: 1, examples: ["a.png"] };
    const one = { ...withAttributes(first, () => ({ patient: "P1" })), passedOver: [passed], remarks: ["One remark"] };
    const two = { ...second, passedOver: [{ ...passed, folder: "A/image" }] };
    const { index } = await planDataset(union, planContext({ datasets: { one, two } }));
    expect(index.samples[0].attributes).toEqual({ patient: "P1" });
    expect(index.samples[2]).not.toHaveProperty("attributes");
    expect(index.passedOver?.map((each) => each.folder)).toEqual(["first", "second/A/image"]);
    expect(index.remarks).toEqual(["One remark"]);
  });

  it("refuses ids that meet", async () => {
    const clash = planContext({ datasets: { one: first, two: indexOf({ a: 1 }, "second") } });
    await expect(union.plan(clash)).rejects.toMatchObject({ code: "SAMPLE_DUPLICATE", place: "a/000" });
  });
});

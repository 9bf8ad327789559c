import { describe, expect, it } from "vitest";
import { datasetHandle, indexOf, planContext, planSplits } from "../../testing/plan-context.test-support.js";
import { trainExternalOptions } from "./options.js";
import { createTrainExternal } from "./train-external.js";

const split = createTrainExternal(
  trainExternalOptions.parse({ train: datasetHandle("seen"), test: datasetHandle("external") }),
);
const seen = indexOf({ a: 10, b: 10 }, "seen");
const external = indexOf({ c: 4, d: 3 }, "external");

describe("training on one dataset and testing on another", () => {
  it("gives one split over both", async () => {
    const [item] = await planSplits(split, planContext({ datasets: { seen, external } }));
    expect(item.key).toBe("external");
    expect(item.split.test).toEqual(external.samples.map((each) => each.id));
    expect([item.split.train.length, item.split.validation.length]).toEqual([16, 4]);
    expect(item.split.dataset.samples).toHaveLength(27);
    expect(item.split.dataset.reader.uses).toBe("data/union");
  });

  it("refuses a test image that was trained on", async () => {
    const leaked = { ...external, samples: [...external.samples, { ...seen.samples[3], id: "c/copy" }] };
    await expect(split.plan(planContext({ datasets: { seen, external: leaked } }))).rejects.toMatchObject({
      code: "TEST_IN_TRAINING",
      place: "c/copy",
      found: expect.stringContaining("a/003"),
    });
  });
});

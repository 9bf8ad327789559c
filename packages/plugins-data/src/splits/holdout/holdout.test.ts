import { expect, it } from "vitest";
import { datasetHandle, indexOf, planContext, planSplits } from "../../testing/plan-context.test-support.js";
import { createHoldout } from "./holdout.js";
import { holdoutOptions } from "./options.js";

it("a holdout is one split of three parts", async () => {
  const dataset = indexOf({ x: 20, y: 10 });
  const splits = createHoldout(holdoutOptions.parse({ dataset: datasetHandle("data") }));
  const [{ key, split }, ...more] = await planSplits(splits, planContext({ datasets: { data: dataset } }));
  expect(more).toEqual([]);
  expect(key).toBe("fold-0");
  expect([split.train.length, split.validation.length, split.test.length]).toEqual([19, 5, 6]);
  expect(split.test.filter((id) => id.startsWith("x"))).toHaveLength(4);
  expect(new Set([...split.train, ...split.validation, ...split.test]).size).toBe(30);
});

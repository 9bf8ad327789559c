import assert from "node:assert/strict";
import { test } from "node:test";
import { checkMetric } from "@eosin/plugin-api/testing";
import { definition } from "./definition.js";
import { create } from "./metric.js";

test("keeps what metrics promise", async () => {
  await checkMetric(definition);
});

test("half of the tumour found and nothing else touched is 0.75", () => {
  const truth = Uint8Array.of(1, 1, 0, 0);
  const prediction = Uint8Array.of(1, 0, 0, 0);
  const probability = Float32Array.from(prediction);
  assert.equal(create({ weight: 0.5 }).measure({ truth, prediction, probability }), 0.75);
});

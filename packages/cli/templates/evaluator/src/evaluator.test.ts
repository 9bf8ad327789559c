import assert from "node:assert/strict";
import { test } from "node:test";
import type { Predictions } from "@eosin/plugin-api/imaging";
import { checkEvaluator } from "@eosin/plugin-api/testing";
import { definition } from "./definition.js";

test("keeps what evaluators promise, and predicts the part that is asked for", async () => {
  for (const [part, count] of [
    ["test", 5],
    ["validation", 2],
  ]) {
    const { output } = await checkEvaluator(definition, { options: { part } });
    assert.equal((output.value as Predictions).samples.length, count);
  }
});

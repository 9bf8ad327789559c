import assert from "node:assert/strict";
import { test } from "node:test";
import { checkSchedule } from "@eosin/plugin-api/testing";
import { definition } from "./definition.js";
import { create } from "./schedule.js";

test("keeps what schedules promise", async () => {
  await checkSchedule(definition);
});

test("falls at a third and two thirds by a factor", () => {
  const { factor } = create({ drops: 2, factor: 0.5 });
  assert.deepEqual([0, 0.3, 0.4, 0.7].map(factor), [1, 1, 0.5, 0.25]);
});

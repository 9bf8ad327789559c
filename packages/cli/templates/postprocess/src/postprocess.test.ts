import assert from "node:assert/strict";
import { test } from "node:test";
import { checkPostprocess } from "@eosin/plugin-api/testing";
import { definition } from "./definition.js";
import { create } from "./postprocess.js";

test("keeps what postprocesses promise", async (context) => {
  const { imagesPerSecond } = await checkPostprocess(definition);
  context.diagnostic(`${imagesPerSecond?.toFixed(0)} images/s`);
});

test("a pixel alone is dropped, a block stays", () => {
  const mask = { width: 4, height: 2, data: Uint8Array.of(1, 0, 1, 1, 0, 0, 1, 1) };
  const cleaned = create({ neighbours: 2 }).apply(mask);
  assert.deepEqual([...cleaned.data], [0, 0, 1, 1, 0, 0, 1, 1]);
});

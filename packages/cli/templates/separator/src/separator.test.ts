import assert from "node:assert/strict";
import { test } from "node:test";
import { checkSeparator } from "@eosin/plugin-api/testing";
import { definition } from "./definition.js";
import { create } from "./separator.js";

test("keeps what separators promise", async (context) => {
  const { imagesPerSecond } = await checkSeparator(definition);
  context.diagnostic(`${imagesPerSecond?.toFixed(0)} images/s`);
});

test("a white patch has no stains", () => {
  const white = { width: 4, height: 4, data: new Uint8Array(48).fill(255) };
  assert.ok("unsuitable" in create({ leastTissue: 0.01 }).separate(white));
});

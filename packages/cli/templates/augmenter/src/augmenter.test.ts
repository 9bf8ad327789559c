import assert from "node:assert/strict";
import { test } from "node:test";
import { createRng } from "@eosin/plugin-api";
import { checkAugmenter, tissueSample } from "@eosin/plugin-api/testing";
import { create } from "./augmenter.js";
import { definition } from "./definition.js";

test("keeps what augmenters promise", async (context) => {
  const { imagesPerSecond } = await checkAugmenter(definition);
  context.diagnostic(`${imagesPerSecond?.toFixed(0)} images/s`);
});

test("a spread of 0 changes nothing", () => {
  const sample = tissueSample(32, 32);
  const augmented = create({ spread: 0 }).apply(sample, createRng(1));
  assert.deepEqual(augmented.image.data, sample.image.data);
});

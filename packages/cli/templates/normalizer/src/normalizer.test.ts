import assert from "node:assert/strict";
import { test } from "node:test";
import { checkNormalizer, tissueSample } from "@eosin/plugin-api/testing";
import { definition } from "./definition.js";
import { create } from "./normalizer.js";

test("keeps what normalizers promise", async (context) => {
  const { imagesPerSecond } = await checkNormalizer(definition);
  context.diagnostic(`${imagesPerSecond?.toFixed(0)} images/s`);
});

test("a strength of 0 changes nothing", () => {
  const { image } = tissueSample(32, 32);
  const normalized = create({ strength: 0 }, [10, 20, 30]).normalize(image, "patch");
  assert.deepEqual(normalized.data, image.data);
});

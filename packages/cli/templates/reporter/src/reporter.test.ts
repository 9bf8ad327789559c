import assert from "node:assert/strict";
import { test } from "node:test";
import { checkStep, handleOf } from "@eosin/plugin-api/testing";
import { definition } from "./definition.js";

const sample = { width: 8, height: 8 };
const samples = ["a", "a", "b"].map((domain, i) => ({ ...sample, id: `${domain}/${i}`, domain }));

test("keeps what reporters promise, and counts by scanner", async () => {
  const { output } = await checkStep(definition, {
    options: { predictions: handleOf("predictions", "evaluate") },
    artifacts: { evaluate: { type: "predictions", value: { samples } } },
  });
  assert.deepEqual(output.value, { open: "report.html" });
  assert.match(String(output.blobs.get("report.html")), /<td>a<\/td><td>2<\/td>/);
});

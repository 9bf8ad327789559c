import assert from "node:assert/strict";
import { test } from "node:test";
import { checkStep, handleOf } from "@eosin/plugin-api/testing";
import { definition } from "./definition.js";

test("keeps what steps promise, and counts by domain", async () => {
  const samples = ["a", "a", "b"].map((domain, i) => ({ id: `${domain}/${i}`, domain }));
  const { output } = await checkStep(definition, {
    options: { dataset: handleOf("dataset", "data") },
    artifacts: { data: { type: "dataset", value: { samples } } },
  });
  assert.deepEqual(output.value, { a: 2, b: 1 });
  assert.equal(String(output.blobs.get("samples.csv")), "domain,samples\na,2\nb,1\n");
});

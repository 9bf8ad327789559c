import { test } from "node:test";
import { openEngine } from "@eosin/engine";
import { checkEncoder } from "@eosin/plugin-api/testing";
import { definition } from "./definition.js";

const engine = await openEngine({ name: "wasm", version: "test", precision: "float32", threads: 1, device: "cpu" });

for (const depth of [1, 4]) {
  test(`keeps what encoders promise with ${depth} features`, async () => {
    await checkEncoder(definition, { engine, options: { depth } });
  });
}

import { test } from "node:test";
import { openEngine } from "@eosin/engine";
import { checkLoss } from "@eosin/plugin-api/testing";
import { definition } from "./definition.js";

const engine = await openEngine({ name: "wasm", version: "test", precision: "float32", threads: 1, device: "cpu" });

for (const gamma of [0, 2]) {
  test(`keeps what losses promise, its gradient too, with a gamma of ${gamma}`, async () => {
    await checkLoss(definition, { engine, options: { gamma } });
  });
}

import { test } from "node:test";
import { openEngine } from "@eosin/engine";
import { checkNetwork } from "@eosin/plugin-api/testing";
import { definition } from "./definition.js";

const engine = await openEngine({ name: "wasm", version: "test", precision: "float32", threads: 1, device: "cpu" });

for (const depth of [1, 3]) {
  test(`keeps what networks promise with ${depth + 1} layers`, async () => {
    await checkNetwork(definition, { engine, options: { depth } });
  });
}

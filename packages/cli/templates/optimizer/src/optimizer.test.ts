import { test } from "node:test";
import { openEngine } from "@eosin/engine";
import { checkOptimizer } from "@eosin/plugin-api/testing";
import { definition } from "./definition.js";

const engine = await openEngine({ name: "wasm", version: "test", precision: "float32", threads: 1, device: "cpu" });

test("keeps what optimizers promise", async () => {
  await checkOptimizer(definition, { engine });
});

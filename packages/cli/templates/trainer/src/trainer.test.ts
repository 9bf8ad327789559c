import assert from "node:assert/strict";
import { test } from "node:test";
import engines from "@eosin/engine";
import type { TrainedModel } from "@eosin/plugin-api/learning";
import { checkTrainer } from "@eosin/plugin-api/testing";
import models from "@eosin/plugins-model";
import { definition } from "./definition.js";

test("keeps what trainers promise, and learns", async () => {
  const network = { uses: "model/unet", with: { encoder: "tiny" } };
  const { output } = await checkTrainer(definition, {
    engine: { name: "wasm", version: "test", precision: "float32", threads: 1, device: "cpu" },
    services: engines.services,
    components: models.components,
    options: { size: 32, batch: 4, epochs: 4, network, loss: { uses: "model/segmentation" } },
  });
  const { history } = output.value as unknown as TrainedModel;
  assert.ok(history[3].train.loss < history[0].train.loss);
});

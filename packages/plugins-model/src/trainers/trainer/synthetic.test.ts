import {
  augmenterKind,
  createRng,
  lossKind,
  networkKind,
  normalizerKind,
  optimizerKind,
  type PlanContext,
  type PlannedComponent,
  scheduleKind,
} from "@eosin/plugin-api";
import type { DatasetIndex, Predictions, Split } from "@eosin/plugin-api/imaging";
import type { TrainedModel } from "@eosin/plugin-api/learning";
import { expect, test } from "vitest";
import {
  asArtifact,
  contextFor,
  definitionOf,
  engineIdentity,
  handle,
  runStep,
  spec,
} from "../../testing/step-harness.test-support.js";

async function syntheticSplit(): Promise<Split> {
  const { options } = definitionOf("data/synthetic");
  const context = contextFor(options.parse({ scanners: 2, perScanner: 6, size: 96 }));
  const dataset = (await definitionOf("data/synthetic").create(context)) as PlannedComponent;
  const planned = await dataset.plan({
    ...context,
    seed: 42,
    rng: (...key: (string | number)[]) => createRng(42, ...key),
  } as unknown as PlanContext);
  const index = (planned as unknown as { value: DatasetIndex }).value;
  const part = (rest: number) => index.samples.flatMap(({ id }, i) => (i % 6 === rest ? [id] : []));
  return {
    key: "fold-0",
    dataset: index,
    train: [0, 1, 2, 3].flatMap(part),
    validation: part(4),
    test: part(5),
  };
}

test("trains and evaluates on synthetic patches with stain augmentation and densities as targets", async () => {
  const engine = await engineIdentity("wasm");
  const folds = { value: await syntheticSplit() };
  const training = {
    split: handle("split", "folds"),
    size: 64,
    batch: 4,
    epochs: 3,
    network: spec(networkKind, "model/multitask-unet", { encoder: "tiny", decoderChannels: [16, 16, 16, 16, 16] }),
    loss: spec(lossKind, "model/density-supervised"),
    optimizer: spec(optimizerKind, "model/adam", { lr: 0.003 }),
    schedule: spec(scheduleKind, "model/cosine", { warmup: 0.1 }),
    normalizer: spec(normalizerKind, "stain/reinhard"),
    augment: [spec(augmenterKind, "data/rotate90"), spec(augmenterKind, "stain/hed-jitter")],
    earlyStopping: { monitor: "validation.dice", patience: 10 },
    workers: 1,
  };
  const trained = await runStep("model/trainer", training, { artifacts: { folds }, engine });
  const model = trained.value as unknown as TrainedModel;
  expect(model.history).toHaveLength(3);
  expect(model.history[2].train.loss).toBeLessThan(model.history[0].train.loss);
  expect(model.normalizer?.state).toBeDefined();
  const best = model.history.reduce((a, b) => (b.validation.dice > a.validation.dice ? b : a));
  expect(model.bestEpoch).toBe(best.epoch);

  const evaluation = { split: handle("split", "folds"), model: handle("model", "train") };
  const artifacts = { folds, train: await asArtifact(trained, "model") };
  const { value } = await runStep("model/tta-evaluator", evaluation, { artifacts, engine });
  expect((value as unknown as Predictions).samples.map(({ id }) => id)).toEqual(folds.value.test);
});

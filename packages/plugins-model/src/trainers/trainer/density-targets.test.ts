import { augmenterKind, lossKind, networkKind, optimizerKind, scheduleKind } from "@eosin/plugin-api";
import type { TrainedModel } from "@eosin/plugin-api/learning";
import { expect, it } from "vitest";
import {
  contextFor,
  definitionOf,
  diskSplit,
  engineIdentity,
  handle,
  runStep,
  spec,
} from "../../testing/step-harness.test-support.js";

const split = diskSplit({ train: 4, validation: 2, test: 0 }, 32);
const options = (augment: readonly string[], stains = 2) => ({
  split: handle("split", "folds"),
  size: 32,
  batch: 2,
  epochs: 1,
  network: spec(networkKind, "model/multitask-unet", { encoder: "tiny", decoderChannels: [8, 8, 8, 8, 8], stains }),
  loss: spec(lossKind, "model/density-supervised"),
  optimizer: spec(optimizerKind, "model/adam"),
  schedule: spec(scheduleKind, "model/constant"),
  augment: augment.map((each) => spec(augmenterKind, each)),
  earlyStopping: { patience: 3 },
  workers: 0,
});
const artifacts = { folds: { value: split } };

it("a dataset without densities trains and validates on those that an augmenter gives", async () => {
  const engine = await engineIdentity("wasm");
  const augment = ["data/flip", "stain/density-targets"];
  const { value } = await runStep("model/trainer", options(augment), { artifacts, engine });
  const [{ train, validation }] = (value as unknown as TrainedModel).history;
  expect(train.density).toBeGreaterThan(0);
  expect(validation.density).toBeGreaterThan(0);
});

it("without such an augmenter, or of another number of stains, it is refused, while planning already", async () => {
  const engine = await engineIdentity("wasm");
  const running = runStep("model/trainer", options(["data/flip"]), { artifacts, engine });
  await expect(running).rejects.toMatchObject({ code: "DENSITY_MISSING" });
  const trainer = definitionOf("model/trainer");
  const refusedWith = async (augment: readonly string[], stains = 2) => {
    const context = contextFor(trainer.options.parse(options(augment, stains)));
    const create: typeof context.create = (inner, state) =>
      inner.uses === "test/disks"
        ? (Promise.resolve({
            read: async () => ({ image: { width: 1, height: 1, data: new Uint8Array(3) } }),
          }) as never)
        : context.create(inner, state);
    const planned = () => [split] as never;
    return (await trainer.check!({ ...context, create }, { planned })).map(({ code, option }) => [code, ...option]);
  };
  expect(await refusedWith(["data/flip"])).toEqual([["DENSITY_MISSING", "loss"]]);
  expect(await refusedWith(["data/flip", "stain/density-targets"])).toEqual([]);
  for (const stains of [1, 3]) {
    const refused = await refusedWith(["data/flip", "stain/density-targets"], stains);
    expect(refused).toEqual([["DENSITY_MISMATCH", "network", "with", "stains"]]);
  }
});

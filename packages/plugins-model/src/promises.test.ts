import engines, { openEngine } from "@eosin/engine";
import {
  type DefinitionOf,
  encoderKind,
  evaluatorKind,
  lossKind,
  networkKind,
  optimizerKind,
  postprocessKind,
  type StepComponent,
  scheduleKind,
  trainerKind,
} from "@eosin/plugin-api";
import { type Split, sampleLoader } from "@eosin/plugin-api/imaging";
import type { Engine, TrainedModel } from "@eosin/plugin-api/learning";
import {
  type CheckReport,
  checkEncoder,
  checkEvaluator,
  checkLoss,
  checkNetwork,
  checkOptimizer,
  checkPostprocess,
  checkSchedule,
  checkTrainer,
  ofKind,
} from "@eosin/plugin-api/testing";
import { beforeAll, describe, expect, it } from "vitest";
import plugin from "./index.js";

const { components } = plugin;

const identity = { name: "wasm", version: "test", precision: "float32", threads: 1, device: "cpu" } as const;
let engine: Engine;
beforeAll(async () => {
  engine = await openEngine(identity);
});

const names = (report: CheckReport) => report.checks;

const lossOptions: { readonly [type: string]: object } = {
  "model/image-level-auxiliary": { loss: { uses: "model/segmentation" } },
  "model/deep-supervision": { loss: { uses: "model/dice-cross-entropy" }, levels: 2 },
};
const smaller = (channels: number) => ({ "mask/2": [2, 2, channels], "mask/4": [1, 1, channels] });

it.each(ofKind(lossKind, components))("loss %s keeps its promises", async (type, definition) => {
  const options = lossOptions[type] ?? {};
  const report = await checkLoss(definition, { engine, components, options, outputs: smaller(1) });
  expect(names(report)).toContain("its gradient agrees with finite differences");
});

// Each segmentation loss by its name is in `losses/class-terms.test.ts`.
it.each(ofKind(lossKind, components))("loss %s keeps its promises of three classes too", async (type, definition) => {
  const more = type === "model/boundary" ? { classes: 2 } : {};
  const outputs = { mask: [4, 4, 3], imageLevel: [1, 1, 2], ...smaller(3) };
  const report = await checkLoss(definition, {
    engine,
    components,
    options: { ...lossOptions[type], ...more },
    outputs,
  });
  expect(names(report)).toContain("its gradient agrees with finite differences");
});

const smallNetworks: { readonly [type: string]: object } = {
  "model/plain-unet": { stages: 3, features: 8 },
  "model/residual-encoder-unet": { stages: 3, features: 8, blocks: [1, 2] },
};

it.each(ofKind(networkKind, components))("network %s keeps its promises", async (type, definition) => {
  const report = await checkNetwork(definition, { engine, options: smallNetworks[type] ?? { encoder: "tiny" } });
  expect(names(report)).toContain("training reaches every trainable parameter");
});

it.each(ofKind(encoderKind, components))("encoder %s keeps its promises", async (type, definition) => {
  const options = type === "model/efficientnet" ? { variant: "b0" } : type === "model/resnet" ? { depth: 18 } : {};
  const report = await checkEncoder(definition, { engine, options });
  expect(names(report)).toContain("it gives the outputs of its kind in their shapes, all finite");
});

it("encoder model/efficientnet keeps its promises without squeeze-excite", async () => {
  const [, definition] = ofKind(encoderKind, components).find(([type]) => type === "model/efficientnet")!;
  // The gradient of a shift before batch normalisation is 0 but for rounding; of two pixels the engine wasm gives 0 itself.
  const cpu = await openEngine({ ...identity, name: "cpu" });
  const report = await checkEncoder(definition, { engine: cpu, options: { variant: "lite0" } });
  expect(names(report)).toContain("it gives the outputs of its kind in their shapes, all finite");
});

it.each(ofKind(optimizerKind, components))("optimizer %s keeps its promises", async (_, definition) => {
  const report = await checkOptimizer(definition, { engine });
  expect(names(report)).toContain("a training that is continued from its state gives the same weights");
});

it.each(ofKind(scheduleKind, components))("schedule %s keeps its promises", async (_, definition) => {
  expect(names(await checkSchedule(definition))).toContain("the factor depends on the progress alone");
});

it.each(ofKind(postprocessKind, components))("postprocess %s keeps its promises", async (_, definition) => {
  expect((await checkPostprocess(definition)).imagesPerSecond).toBeGreaterThan(0);
});

const training = {
  engine: identity,
  services: engines.services,
  components,
  options: {
    size: 32,
    batch: 4,
    epochs: 2,
    network: { uses: "model/unet", with: { encoder: "tiny", pretrained: "none" } },
    loss: { uses: "model/segmentation" },
  },
};
const trainer = ofKind(trainerKind, components)[0][1];

it("trainer model/trainer keeps its promises", async () => {
  const { checks, output } = await checkTrainer(trainer, training);
  expect(checks).toContain("it looks at training samples, and at no test sample");
  expect((output.value as TrainedModel).history).toHaveLength(2);
});

it.each(ofKind(evaluatorKind, components).filter(([type]) => type.startsWith("model/baseline-")))(
  "evaluator %s keeps its promises",
  async (_, definition) => {
    const { checks } = await checkEvaluator(definition, { options: { size: 32 } });
    expect(checks).toContain("each has a blob with probability, prediction, truth and image");
  },
);

describe("a trainer is caught that", () => {
  /** The trainer, with another value in the end. */
  const saying = (change: (model: TrainedModel) => object): DefinitionOf<StepComponent> => ({
    ...trainer,
    create: async (context) => {
      const it = await trainer.create(context);
      return { run: async (step) => change((await it.run(step)) as TrainedModel) };
    },
  });

  it("looks at test samples", async () => {
    const peeping: DefinitionOf<StepComponent> = {
      ...trainer,
      create: async (context) => {
        const it = await trainer.create(context);
        const run: StepComponent["run"] = async (step) => {
          const split = (await step.open(context.options.split)).value as Split;
          const request = { dataset: split.dataset, ids: split.test, seed: 1, workers: 0, modules: {}, log: step.log };
          for await (const _ of (await context.services.get(sampleLoader)).samples(request));
          return it.run(step);
        };
        return { run };
      },
    };
    await expect(checkTrainer(peeping, training)).rejects.toMatchObject({
      message: expect.stringMatching(/no test sample/),
      found: "the test sample c/000",
    });
  });

  it.each<[name: string, change: (model: TrainedModel) => object, promise: RegExp]>([
    ["loses an epoch", (model) => ({ ...model, history: model.history.slice(1) }), /how that went by epoch/],
    [
      "names another network",
      (model) => ({ ...model, network: { ...model.network, uses: "model/multitask-unet" } }),
      /the network that it names/,
    ],
    [
      "says that it knows a scanner that it never saw",
      (model) => ({ ...model, trainedOn: ["a", "b", "c"] }),
      /what it trained on/,
    ],
  ])("%s", async (_, change, promise) => {
    await expect(checkTrainer(saying(change), training)).rejects.toMatchObject({
      code: "CHECK_FAILED",
      message: expect.stringMatching(promise),
    });
  });
});

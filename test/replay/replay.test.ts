// Training as the pipelines do it, drop-connect and losses included, through passes that are captured and replayed.
import { createRng, type Logger } from "@eosin/plugin-api";
import type { BatchSource, SampleBatch } from "@eosin/plugin-api/imaging";
import type { Engine } from "@eosin/plugin-api/learning";
import { describe, expect, it } from "vitest";
import { createEngineProvider } from "../../packages/engine/src/provider.js";
import { standInGraphs } from "../../packages/engine-torch/src/replay/stand-in-graph.test-support.js";
import { openTestTorch, torchInstallation } from "../../packages/engine-torch/src/torch.test-support.js";
import { InputNormalization } from "../../packages/plugins-model/src/inputs/input-normalization.js";
import { Adam } from "../../packages/plugins-model/src/optimizers/adam/adam.js";
import { adamOptions } from "../../packages/plugins-model/src/optimizers/adam/options.js";
import { multitaskUnetOf, reconstructionLoss } from "../../packages/plugins-model/src/testing/networks.test-support.js";
import { StepMeter } from "../../packages/plugins-model/src/trainers/trainer/step-meter.js";
import { TrainingSession } from "../../packages/plugins-model/src/trainers/trainer/training-session.js";

const SIZE = 32;
/** The last batch of an epoch is smaller. */
const SAMPLES = [4, 4, 2];
const EPOCHS = 5;

const network = {
  encoder: "tiny",
  decoderChannels: [16, 16, 16, 16, 16],
  dropConnect: 0.2,
};
const parts = {
  factory: await multitaskUnetOf(network),
  loss: reconstructionLoss({ segmentation: "mcc", alpha: 0.3, sparsity: 0 }),
  optimizer: new Adam(adamOptions.parse({ lr: 0.003 })),
};

function batchOf(samples: number, seed: number): SampleBatch {
  const image = Uint8Array.from(
    { length: samples * SIZE * SIZE * 3 },
    (_, i) => Math.imul(i + seed, 2654435761) >>> 24,
  );
  const mask = Uint8Array.from({ length: samples * SIZE * SIZE }, (_, i) => (image[3 * i] > 127 ? 1 : 0));
  const ids = Array.from({ length: samples }, (_, i) => `${seed}-${i}`);
  return { ids, image, mask, width: SIZE, height: SIZE, release() {} } as unknown as SampleBatch;
}

const source = {
  async *epoch(epoch: number) {
    for (const [index, samples] of SAMPLES.entries()) yield batchOf(samples, 10 * epoch + index);
  },
} as unknown as BatchSource;

/** The figures of each epoch, and what was said of them. */
async function train(open: () => Promise<Engine>, microBatch: number) {
  const log: string[] = [];
  const say: Logger = { info: (message) => log.push(message), warn: (message) => log.push(`warning: ${message}`) };
  const provider = createEngineProvider();
  const meter = await StepMeter.open(provider, { ...parts, size: { width: SIZE, height: SIZE } });
  await meter.measure(microBatch, false);
  meter.close();
  // Behind the measurement, which leaves the shape engine current.
  const engine = await open();
  const built = await parts.factory.build(engine, createRng("weights"));
  const normalization = new InputNormalization(engine.tf);
  const session = new TrainingSession(
    { engine, network: built, loss: parts.loss, normalization },
    {
      optimizer: parts.optimizer,
      schedule: { factor: (progress) => 1 - progress },
      random: meter.random,
      rng: createRng("feeds"),
      microBatch,
      epochs: EPOCHS,
      batchesPerEpoch: SAMPLES.length,
      log: say,
    },
  );
  const figures = [];
  for (let epoch = 1; epoch <= EPOCHS; epoch++) {
    figures.push(await session.runEpoch(source, epoch, new AbortController().signal, () => {}));
  }
  session.dispose();
  built.dispose();
  normalization.dispose();
  return { figures, log };
}

describe.skipIf(!torchInstallation)("training by replayed passes", () => {
  it.each([
    ["whole batches", 4, 2],
    ["micro-batches", 2, 1],
  ])("gives the figures of training without, in %s", async (_, microBatch, sizes) => {
    const expected = await train(() => openTestTorch(), microBatch);
    const { support, counts } = standInGraphs();
    const { figures, log } = await train(() => openTestTorch({}, { graphs: support }), microBatch);
    expect(figures).toEqual(expected.figures);
    expect(expected.log).toEqual([]);
    expect(log).toEqual(new Array(sizes).fill(expect.stringMatching(/^Training passes over rgb .* are replayed/)));
    expect(counts).toMatchObject({ captures: sizes, disposed: sizes });
  });
});

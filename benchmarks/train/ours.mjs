// Our side of the training benchmark: a process that answers JSON lines as the peers do (../peers/README.md).
import { readFileSync } from "node:fs";
import { createEngineProvider } from "../../packages/engine/dist/index.js";
import { createRng } from "../../packages/plugin-api/dist/index.js";
import { InputNormalization } from "../../packages/plugins-model/dist/inputs/input-normalization.js";
import { evaluationContext, RandomFeeds } from "../../packages/plugins-model/dist/inputs/random-feeds.js";
import { createSegmentation } from "../../packages/plugins-model/dist/losses/segmentation/segmentation.js";
import { createSegmentationPlusReconstruction } from "../../packages/plugins-model/dist/losses/segmentation-plus-reconstruction/segmentation-plus-reconstruction.js";
import { chosenEncoder } from "../../packages/plugins-model/dist/networks/chosen-encoder.js";
import { createMultitaskUnet } from "../../packages/plugins-model/dist/networks/multitask-unet/multitask-unet.js";
import { multitaskUnetOptions } from "../../packages/plugins-model/dist/networks/multitask-unet/options.js";
import { unetOptions } from "../../packages/plugins-model/dist/networks/unet/options.js";
import { createUnet } from "../../packages/plugins-model/dist/networks/unet/unet.js";
import { Adam } from "../../packages/plugins-model/dist/optimizers/adam/adam.js";
import { trainableVariables } from "../../packages/plugins-model/dist/trainers/trainer/objective.js";
import { importWeights, readWeights } from "../../packages/plugins-model/dist/weights/index.js";
import { serveJsonLines } from "../serve-json-lines.mjs";

/** Byte i is ((i · 2654435761) mod 2³²) >> 24; mask pixel p is 1 where byte 3p > 127. */
function fixedBatch(batch, size) {
  const rgb = Uint8Array.from({ length: batch * size * size * 3 }, (_, i) => Math.imul(i, 2654435761) >>> 24);
  const mask = Uint8Array.from({ length: batch * size * size }, (_, p) => (rgb[3 * p] > 127 ? 1 : 0));
  return { rgb: { data: rgb, shape: [batch, size, size, 3] }, mask: { data: mask, shape: [batch, size, size, 1] } };
}

/** By the options `network`, `encoder`, `outputStride` and `decoderChannels`; the paper's network unless named. */
const networks = {
  "multitask-unet": { options: multitaskUnetOptions, create: createMultitaskUnet },
  unet: { options: unetOptions, create: createUnet },
};

async function openSession(options) {
  const {
    network: kind = "multitask-unet",
    encoder,
    outputStride,
    decoderChannels,
    weights = null,
    size = 256,
    batch = 8,
    precision = "float32",
    threads = 2,
    mode = "train",
  } = options;
  const { name = "torch", device = "cpu" } = options;
  const provider = createEngineProvider();
  const { identity } = await provider.choose({ name, precision, threads, device });
  const chosen = networks[kind].options.parse({ encoder, outputStride, decoderChannels });
  const factory = networks[kind].create(await chosenEncoder(chosen), chosen);
  const random = new RandomFeeds();
  if (mode === "train") await recordFeeds(provider, factory, random, batch, size);
  const engine = await provider.open(identity);
  const { tf } = engine;
  const network = await factory.build(engine, createRng("benchmark"));
  if (weights) importWeights(engine, network, await readWeights(weights), weights);
  const normalization = new InputNormalization(tf, network.normalization);
  const record = fixedBatch(batch, size);
  const opened = { engine, network, identity, parameters: countOf(network) };
  if (mode === "infer") {
    const evaluation = engine.evaluationStep(({ rgb }) => ({
      mask: network.forward(normalization.apply(rgb), evaluationContext).mask,
    }));
    return { ...opened, step: async () => sum((await evaluation.run({ rgb: record.rgb })).mask.data) };
  }
  const variables = trainableVariables(network);
  const segmentation = createSegmentation({ segmentation: "mcc" });
  const loss = network.separatesStains
    ? createSegmentationPlusReconstruction(segmentation, { alpha: 0.3, sparsity: 0 })
    : segmentation;
  const attached = new Adam({ lr: 1e-3, beta1: 0.9, beta2: 0.999, epsilon: 1e-8, weightDecay: 0 }).attach(
    engine,
    variables,
  );
  let count = 0;
  const training = engine.trainingStep({
    variables,
    objective(given) {
      const image = normalization.apply(given.rgb);
      const outputs = network.forward(image, RandomFeeds.context(given));
      return { loss: loss.compute(tf, outputs, { rgb: given.rgb, image, mask: given.mask }).total };
    },
    update: (gradients) => attached.update(gradients, { step: count, learningRate: 1e-3 }),
    // Whether passes are replayed, and why not: standard output is for answers.
    log: { info: (line) => console.error(line), warn: (line) => console.error(line) },
  });
  const rng = createRng("benchmark feeds");
  return {
    ...opened,
    async step() {
      count++;
      return (await training.run([{ ...record, ...random.draw(rng.fork(count), 0, batch) }])).loss;
    },
  };
}

/** Which random numbers a pass draws. */
async function recordFeeds(provider, factory, random, batch, size) {
  const { engine } = await provider.openShapeEngine();
  const network = await factory.build(engine, createRng("shapes"));
  const context = random.recorder(engine.tf, batch);
  const step = engine.evaluationStep(({ image }) => {
    network.forward(image, context);
    return {};
  });
  await step.run({ image: { data: new Float32Array(0), shape: [batch, size, size, 3] } });
  network.dispose();
}

const countOf = (network) => [...network.parameters.values()].reduce((total, { variable }) => total + variable.size, 0);
const sum = (values) => values.reduce((total, value) => total + value, 0);

/** Bytes of the process: /proc tells kibibytes. */
function resident(field) {
  const [, kibibytes] = new RegExp(`${field}:\\s+(\\d+)`).exec(readFileSync("/proc/self/status", "utf8")) ?? [];
  return Number(kibibytes) * 1024;
}

/** Bytes that the engine's allocator holds of a GPU, those of captured passes among them. */
function heldOfGpu(device) {
  if (device === "cpu") return null;
  return session.engine.tf.backend().torch.addon.memory(device).reservedBytes ?? null;
}

let session;
let rssOpen = 0;
const commands = {
  async open(options) {
    session = await openSession(options);
    session.options = options;
    rssOpen = resident("VmRSS");
    return { engine: session.identity, parameters: session.parameters };
  },
  async step({ times = 1 }) {
    const ms = [];
    const processorMs = [];
    const results = [];
    for (let i = 0; i < times; i++) {
      const [begin, usage] = [performance.now(), process.cpuUsage()];
      results.push(await session.step());
      ms.push(performance.now() - begin);
      const { user, system } = process.cpuUsage(usage);
      processorMs.push((user + system) / 1000);
    }
    const losses = session.options.mode === "infer" ? { losses: [], checksum: results.at(-1) } : { losses: results };
    return { ms, processorMs, ...losses };
  },
  peak: () => ({
    rss: resident("VmHWM"),
    rssOpen,
    cuda: heldOfGpu(session.identity.device),
    now: resident("VmRSS"),
    tensors: session.engine.tf.memory(),
  }),
};

await serveJsonLines(commands);

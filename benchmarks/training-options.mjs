// What AdamW, clipping and averages of weights cost: one training step of a U-Net on EfficientNet-B0 with each of them and
// without, taken in turns. CPU time of the process, so that other work on the machine counts little.
//   node benchmarks/training-options.mjs [--engine wasm,torch] [--size 128] [--batch 4] [--rounds 12] [--json FILE]
import { parseArgs } from "node:util";
import { createEngineProvider } from "../packages/engine/dist/index.js";
import { createRng } from "../packages/plugin-api/dist/index.js";
import plugin from "../packages/plugins-model/dist/index.js";
import { WeightAverage } from "../packages/plugins-model/dist/trainers/trainer/weight-average.js";
import { median, rowLine, writeResults } from "./result-file.mjs";

const { values: flags } = parseArgs({
  options: {
    engine: { type: "string", default: "wasm" },
    size: { type: "string", default: "128" },
    batch: { type: "string", default: "4" },
    rounds: { type: "string", default: "12" },
    json: { type: "string" },
  },
});
const [size, batch, rounds] = [flags.size, flags.batch, flags.rounds].map(Number);

const log = { info: () => {}, warn: () => {} };
async function create({ uses, with: given = {} }) {
  const definition = plugin.components.find(({ type }) => type === uses);
  return definition.create({ options: definition.options.parse(given), create, log });
}

const ema = { kind: "ema", decay: 0.995, warmup: true };
/** The first is what others are compared with. */
const variants = [
  { name: "Adam", uses: "model/adam" },
  { name: "AdamW", uses: "model/adamw" },
  { name: "Adam, clipped, above the bound", uses: "model/adam", clipNorm: 1e-3 },
  { name: "Adam, clipped, below the bound", uses: "model/adam", clipNorm: 1e6 },
  { name: "Adam, EMA", uses: "model/adam", average: ema },
  { name: "AdamW, clipped, EMA", uses: "model/adamw", clipNorm: 1e-3, average: ema },
];

async function measure(name) {
  const provider = createEngineProvider();
  const { identity } = await provider.choose({ name, precision: "float32", threads: 1 });
  const engine = await provider.open(identity);
  const { tf } = engine;
  const factory = await create({ uses: "model/unet", with: { encoder: "efficientnet-b0", pretrained: "none" } });
  const loss = await create({ uses: "model/dice-cross-entropy" });
  const rng = createRng("training options");
  const record = {
    image: {
      data: Float32Array.from({ length: batch * size * size * 3 }, () => rng.normal(0, 1)),
      shape: [batch, size, size, 3],
    },
    mask: {
      data: Uint8Array.from({ length: batch * size * size }, () => Number(rng.chance(0.3))),
      shape: [batch, size, size, 1],
    },
  };
  const runs = [];
  for (const { name: variant, uses, clipNorm, average } of variants) {
    const network = await factory.build(engine, createRng("weights"));
    const optimizer = await create({ uses });
    const variables = new Map(
      [...network.parameters].filter(([, { trainable }]) => trainable).map(([key, { variable }]) => [key, variable]),
    );
    const attached = optimizer.attach(engine, variables);
    const weights = new Map([...network.parameters].map(([key, { variable }]) => [key, variable]));
    const averaged = average && new WeightAverage(engine, weights, average, 1);
    const now = { step: 0, learningRate: 1e-6 };
    const step = engine.trainingStep({
      variables,
      clipNorm,
      objective: ({ image, mask }) => {
        const random = (_, shape) => tf.fill([...shape], 0.5);
        return { loss: loss.compute(tf, network.forward(image, { training: true, random }), { mask }).total };
      },
      update: (gradients) => attached.update(gradients, now),
    });
    runs.push({
      variant,
      times: [],
      async run() {
        now.step++;
        const before = process.cpuUsage();
        await step.run([record]);
        averaged?.afterStep(now.step);
        // Engines may only have begun.
        await [...weights.values()].at(-1).data();
        const { user, system } = process.cpuUsage(before);
        return (user + system) / 1000;
      },
    });
  }
  for (const each of runs) await each.run();
  for (let round = 0; round < rounds; round++) {
    for (const each of round % 2 === 0 ? runs : [...runs].reverse()) each.times.push(await each.run());
  }
  const base = runs[0].times;
  return runs.map(({ variant, times }) => ({
    name: `${name}, ${variant}`,
    ours: median(times),
    peer: median(base),
    unit: "ms",
    ratio: median(times.map((time, round) => time / base[round])),
    must: null,
    reach: null,
    peerName: "Adam alone",
  }));
}

const rows = [];
for (const name of flags.engine.split(",")) {
  for (const row of await measure(name)) {
    rows.push(row);
    console.log(rowLine(row));
  }
}
if (flags.json) writeResults(flags.json, rows, { size, batch, rounds });
process.exit(0);

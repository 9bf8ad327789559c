// Training steps of the U-Net by encoder and output stride, side by side: all in the same run, taking turns step by step.
// The ratio to the first is the median over rounds of the processor's time (all threads), which others on the machine
// change less than the clock's. Prints a table and writes results/encoders.json (with --only or --engine only where --json
// says).
//   pnpm bench:encoders [--engine wasm|torch] [--only NAME] [--rounds 5] [--threads 2] [--size 256] [--batch 8] [--json FILE]
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { median, writeResults } from "./result-file.mjs";
import { JsonLinesProcess } from "./train/json-lines-process.mjs";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const { values: flags } = parseArgs({
  options: {
    engine: { type: "string" },
    only: { type: "string" },
    rounds: { type: "string", default: "5" },
    threads: { type: "string", default: String(Math.min(2, availableParallelism())) },
    size: { type: "string", default: "256" },
    batch: { type: "string", default: "8" },
    json: { type: "string" },
  },
});
const [rounds, threads, size, batch] = [flags.rounds, flags.threads, flags.size, flags.batch].map(Number);

/** Half as wide as the decoder of these encoders is. */
const narrow = [128, 64, 32, 16];

/** The first is what the others are held against; `must` is the ratio of its time to be at or below. */
const networks = [
  { encoder: "efficientnet-b0", must: 1 },
  { encoder: "efficientnet-lite0", must: 1 },
  { encoder: "efficientnet-lite2", must: 1.1 },
  { encoder: "efficientnet-b0", outputStride: 2, must: 0.95 },
  { encoder: "efficientnet-lite0", outputStride: 2, must: 0.9 },
  { encoder: "efficientnet-lite2", outputStride: 2, must: 1 },
  { encoder: "efficientnet-lite0", outputStride: 2, decoderChannels: narrow, must: 0.6 },
  { encoder: "efficientnet-lite2", outputStride: 2, decoderChannels: narrow, must: 0.7 },
];

const titleOf = ({ encoder, outputStride = 1, decoderChannels }) =>
  [
    `${encoder}, ${size} px, batch ${batch}`,
    ...(outputStride === 1 ? [] : [`output stride ${outputStride}`]),
    ...(decoderChannels ? ["narrow decoder"] : []),
  ].join(", ");

/** One process a network, all open at once. @returns Rows of the table. */
async function measure(engine) {
  const [first, ...others] = networks;
  const wanted = [first, ...others.filter((each) => !flags.only || titleOf(each).includes(flags.only))];
  const sides = wanted.map((each) => ({
    ...each,
    steps: [],
    process: new JsonLinesProcess(titleOf(each), process.execPath, [path("train/ours.mjs")]),
  }));
  for (const { process: side, encoder, outputStride, decoderChannels } of sides) {
    const network = { network: "unet", encoder, outputStride, decoderChannels };
    await side.ask({ do: "open", name: engine, ...network, size, batch, threads });
    // The first steps prepare kernels and claim memory.
    await side.ask({ do: "step", times: 2 });
  }
  for (let round = 0; round < rounds; round++) {
    for (const { process: side, steps } of sides) steps.push(await side.ask({ do: "step" }));
  }
  const rows = [];
  const processor = (steps) => steps.map(({ processorMs: [each] }) => each);
  const base = processor(sides[0].steps);
  for (const { process: side, steps, must, ...network } of sides) {
    const { rss } = await side.ask({ do: "peak" });
    await side.close();
    const ratio = median(processor(steps).map((each, round) => each / base[round]));
    rows.push({
      name: titleOf(network),
      engine,
      ms: median(steps.map(({ ms: [each] }) => each)),
      processorMs: median(processor(steps)),
      ratio,
      must,
      peakMiB: rss / 2 ** 20,
    });
  }
  return rows;
}

const rows = [];
for (const engine of flags.engine ? [flags.engine] : ["wasm", "torch"]) rows.push(...(await measure(engine)));
for (const { name, engine, ms, processorMs, ratio, must, peakMiB } of rows) {
  const numbers = [
    `${ms.toFixed(0)} ms`,
    `${processorMs.toFixed(0)} ms`,
    ratio.toFixed(2),
    `≤ ${must}`,
    `${peakMiB.toFixed(0)} MiB`,
  ];
  console.log(`${engine.padEnd(6)} ${name.padEnd(72)} ${numbers.map((each) => each.padStart(9)).join(" ")}`);
}
const file = flags.json ?? (flags.only || flags.engine ? undefined : path("results/encoders.json"));
if (file) writeResults(file, rows, { threads });

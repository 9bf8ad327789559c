// Training and inference beside PyTorch: both sides in the same run, taking turns step by step, medians. Prints a table and
// writes results/train.json (with --only or --device only where --json says). The ratio is ours / peer: smaller is better for us.
//   pnpm bench:train [--python PATH] [--only NAME] [--rounds 5] [--weights multitask-b0.safetensors] [--json FILE]
//                    [--device cpu|cuda]
// Needs the engine torch (pipe engine install torch) and a Python with the same PyTorch, numpy and OpenCV (peers/README.md).
// Where there is a GPU, its rows are measured too; --device cuda leaves the others out.
import { existsSync } from "node:fs";
import { availableParallelism } from "node:os";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createEngineProvider } from "../packages/engine/dist/index.js";
import { median, writeResults } from "./result-file.mjs";
import { measureEpochs } from "./train/epochs.mjs";
import { JsonLinesProcess } from "./train/json-lines-process.mjs";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const { values: flags } = parseArgs({
  options: {
    python: { type: "string", default: process.env.EOSIN_PYTHON ?? "python3" },
    only: { type: "string" },
    rounds: { type: "string", default: "5" },
    weights: { type: "string" },
    device: { type: "string" },
    data: { type: "string", default: path("../../shared/cosas-mini") },
    json: { type: "string" },
  },
});
const rounds = Number(flags.rounds);
const threads = Math.min(2, availableParallelism());

const step = { encoder: "efficientnet-b0", size: 256, batch: 8, mode: "train", weights: flags.weights };
const inference = { encoder: "efficientnet-b7", size: 640, batch: 1, mode: "infer" };
const demo = { encoder: "tiny", size: 96, batch: 4, mode: "train" };
/** `times` steps a turn; `must` and `reach` are the ratios to be at or below. */
const onCpu = [
  {
    name: "training step, B0 256 px, batch 8",
    options: step,
    times: 1,
    must: 1,
    reach: { bfloat16: 0.8, float32: 0.85 },
    memory: true,
  },
  {
    name: "inference, B7 640 px, batch 1",
    options: inference,
    times: 1,
    must: 1,
    reach: { bfloat16: 0.85, float32: 0.85 },
  },
  {
    name: "training step, demo (tiny, 96 px, batch 4)",
    options: demo,
    times: 10,
    must: 1,
    reach: { bfloat16: 0.7, float32: 0.7 },
  },
].flatMap((each) =>
  ["bfloat16", "float32"].map((precision) => ({ ...each, precision, reach: each.reach[precision], device: "cpu" })),
);
/** Captured passes are compared with themselves now and then: a turn is many steps, and most are plain ones. */
const cuda = { precision: "bfloat16", device: "cuda", times: 10, memory: true };
const large = { encoder: "efficientnet-b7", size: 640, batch: 8, mode: "train" };
const onCuda = [
  { ...cuda, name: "training step, B0 256 px, batch 8", options: step, must: 0.8, reach: 0.5 },
  { ...cuda, name: "training step, B7 640 px, batch 8", options: large, must: 1, reach: 0.7 },
  {
    ...cuda,
    name: "training step, B7 640 px, batch 8; peer as the paper's code, float32 NCHW",
    options: large,
    peer: { precision: "float32", layout: "nchw" },
    must: 0.4,
    reach: 0.25,
  },
];

const torch = (await createEngineProvider().survey()).find(({ name }) => name === "torch");
const hasGpu = torch?.details?.devices?.includes("cuda") ?? false;
const cases = [...onCpu, ...(hasGpu ? onCuda : [])].filter(({ device }) => device === (flags.device ?? device));
if (cases.length === 0)
  throw new Error(`there is no device ${flags.device}: ${torch?.details?.devices ?? "no engine torch"}`);

const rows = [];

function report(row) {
  rows.push({ ...row, ratio: row.ours / row.peer });
  const { name, ours, peer, unit, must, reach } = row;
  const numbers = [ours, peer].map((value) => value.toFixed(value < 100 ? 1 : 0).padStart(8));
  console.log(
    `${name.padEnd(96)} ${numbers.join(" ")} ${unit.padEnd(4)} ${(ours / peer).toFixed(3)}  ≤ ${must} (${reach})`,
  );
}

async function measure({ name, options, times, must, reach, memory, precision, device, peer: differing }) {
  const ours = new JsonLinesProcess("ours", process.execPath, [path("train/ours.mjs")]);
  const peer = new JsonLinesProcess("peer", flags.python, [path("peers/train_step.py")]);
  const opened = { do: "open", ...options, precision, threads, device };
  // Ours computes float32 as such.
  const about = { ours: await ours.ask(opened), peer: await peer.ask({ ...opened, tf32: false, ...differing }) };
  // The first steps prepare kernels and claim memory.
  for (const side of [ours, peer]) await side.ask({ do: "step", times: Math.max(3, times) });
  const ms = { ours: [], peer: [] };
  for (let round = 0; round < rounds; round++) {
    ms.ours.push(...(await ours.ask({ do: "step", times })).ms);
    ms.peer.push(...(await peer.ask({ do: "step", times })).ms);
  }
  const peaks = { ours: await ours.ask({ do: "peak" }), peer: await peer.ask({ do: "peak" }) };
  await Promise.all([ours.close(), peer.close()]);
  const title = titleOf(name, precision, device);
  report({ name: title, ours: median(ms.ours), peer: median(ms.peer), unit: "ms", must, reach });
  const [held, mebibyte] = [device === "cpu" ? "rss" : "cuda", 2 ** 20];
  // An addon that was built without CUDA's headers does not know.
  if (memory && peaks.ours[held] !== null) {
    report({
      name: `${device === "cpu" ? "peak memory" : "memory held of the GPU"}, ${title}`,
      ours: peaks.ours[held] / mebibyte,
      peer: peaks.peer[held] / mebibyte,
      unit: "MiB",
      must: 1.05,
      reach: 0.9,
    });
  }
  return about;
}

const titleOf = (name, precision, device) => [name, precision, ...(device === "cpu" ? [] : [device])].join(", ");
const wanted = (name) => !flags.only || name.includes(flags.only);
let about;
for (const each of cases) {
  if (wanted(titleOf(each.name, each.precision, each.device))) about = await measure(each);
}
if (flags.device !== "cuda" && wanted("epoch") && existsSync(flags.data)) {
  for (const row of await measureEpochs({ python: flags.python, data: flags.data, threads })) report(row);
}
const gpu = hasGpu ? torch.details.devices : "no GPU at hand";
console.log(`GPU: ${gpu}`);

// A part of the rows goes where it is asked for, never over the whole.
const file = flags.json ?? (flags.only || flags.device ? undefined : path("results/train.json"));
if (file)
  writeResults(file, rows, { threads, engine: about?.ours.engine, peer: about && `PyTorch ${about.peer.torch}`, gpu });

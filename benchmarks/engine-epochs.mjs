// The paper's training by engine: seconds of an epoch, validation included, of the network and the data that the profiles demo
// and mini have, and of EfficientNet-B0 at 256 px on real patches. Prints a table and writes results/engine-epochs.json; the
// peer is the embedded engine, and so the ratio is by how much less time another takes.
//   node benchmarks/engine-epochs.mjs [--data FOLDER] [--engines torch,torch:bfloat16] [--only NAME] [--json FILE]
import { mkdtempSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeResults } from "./result-file.mjs";
import { trainedEpochs } from "./train/trained-epochs.mjs";
import { trainingDocument } from "./train/training-document.mjs";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const { values: flags } = parseArgs({
  options: {
    data: { type: "string", default: path("../../shared/cosas-mini") },
    engines: { type: "string" },
    only: { type: "string" },
    json: { type: "string" },
  },
});

const engines = (flags.engines ?? "torch,torch:bfloat16").split(",");
const EPOCHS = 2;
const drawn = "{ uses: data/synthetic, with: { scanners: 3, perScanner: 40, size: 192 } }";
const real = `{ uses: data/cosas, with: { root: ${JSON.stringify(flags.data)}, task: 2 } }`;
const trainings = [
  { name: "demo: tiny, 96 px, batch 4, 120 drawn patches", data: drawn, encoder: "tiny", size: 96, batch: 4 },
  { name: "mini: tiny, 128 px, batch 8, 180 patches", data: real, encoder: "tiny", size: 128, batch: 8 },
  { name: "B0: 256 px, batch 8, 180 patches", data: real, encoder: "efficientnet-b0", size: 256, batch: 8 },
];

const steps = (data) => `  data: ${data}
  split: { uses: data/holdout, with: { dataset: "\${steps.data}", by: domain, test: 0.25, validation: 0.2 } }`;

/** @param engine `NAME` or `NAME:PRECISION` */
function laterEpoch({ data, ...training }, engine) {
  const [name, precision = "float32"] = engine.split(":");
  const how = { engine: `{ name: ${name}, precision: ${precision}, device: cpu }`, steps: steps(data), epochs: EPOCHS };
  const place = mkdtempSync(join(tmpdir(), "eosin-engine-epochs-"));
  try {
    return trainedEpochs(place, trainingDocument({ ...training, ...how }), EPOCHS).at(-1);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

const rows = [];
for (const training of trainings.filter(({ name }) => name.includes(flags.only ?? ""))) {
  const seconds = engines.map((engine) => laterEpoch(training, engine));
  const peer = laterEpoch(training, "wasm");
  for (const [index, engine] of engines.entries()) {
    const ours = seconds[index];
    const name = `epoch, ${training.name}; ${engine.replace(":", " ")}, peer wasm`;
    rows.push({ name, ours, peer, unit: "s", ratio: ours / peer, must: null });
    console.log(
      `${name.padEnd(84)} ${ours.toFixed(1).padStart(7)} ${peer.toFixed(1).padStart(8)} s  ${(ours / peer).toFixed(3)}`,
    );
  }
}
// A part of the rows goes where it is asked for, never over the whole.
const file = flags.json ?? (flags.only || flags.engines ? undefined : path("results/engine-epochs.json"));
if (file) writeResults(file, rows, { threads: availableParallelism() });

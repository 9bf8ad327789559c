// The paper's training by engine: seconds of an epoch, validation included, of the network and the data that the profiles demo
// and mini have, and of EfficientNet-B0 at 256 px on real patches. Prints a table and writes results/engine-epochs.json; the
// peer is the embedded engine, and so the ratio is by how much less time another takes.
//   node benchmarks/engine-epochs.mjs [--data FOLDER] [--engines torch,torch:bfloat16,wasm] [--only NAME] [--json FILE]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { writeResults } from "./result-file.mjs";
import { trainedEpochs } from "./train/trained-epochs.mjs";

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const { values: flags } = parseArgs({
  options: {
    data: { type: "string", default: path("../../shared/cosas-mini") },
    engines: { type: "string", default: "torch,torch:bfloat16,wasm" },
    only: { type: "string" },
    json: { type: "string" },
  },
});

const EPOCHS = 2;
const drawn = "{ uses: data/synthetic, with: { scanners: 3, perScanner: 40, size: 192 } }";
const real = `{ uses: data/cosas, with: { root: ${JSON.stringify(flags.data)}, task: 2 } }`;
const trainings = [
  { name: "demo: tiny, 96 px, batch 4, 120 drawn patches", data: drawn, encoder: "tiny", size: 96, batch: 4 },
  { name: "mini: tiny, 128 px, batch 8, 180 patches", data: real, encoder: "tiny", size: 128, batch: 8 },
  { name: "B0: 256 px, batch 8, 180 patches", data: real, encoder: "efficientnet-b0", size: 256, batch: 8 },
];

const document = ({ data, encoder, size, batch }, [name, precision = "float32"]) => `name: epochs
plugins: { "@eosin/engine": ^0.1.0, "@eosin/plugins-data": ^0.1.0, "@eosin/plugins-stain": ^0.1.0, "@eosin/plugins-model": ^0.1.0 }
seed: 1
engine: { name: ${name}, precision: ${precision}, device: cpu }
steps:
  data: ${data}
  split: { uses: data/holdout, with: { dataset: "\${steps.data}", by: domain, test: 0.25, validation: 0.2 } }
  train:
    uses: model/trainer
    each: { fold: "\${steps.split}" }
    with:
      split: \${each.fold}
      size: ${size}
      batch: ${batch}
      epochs: ${EPOCHS}
      network: { uses: model/multitask-unet, with: { encoder: ${encoder}, pretrained: none } }
      loss: { uses: model/segmentation-plus-reconstruction, with: { segmentation: mcc, alpha: 0.3 } }
      augment:
        - { uses: data/flip, with: { horizontal: 0.5, vertical: 0.5 } }
        - { uses: data/rotate90, with: { p: 0.5 } }
        - uses: stain/one-of
          with: { choices: [{ p: 0.25, uses: stain/randstainna }, { p: 0.25, uses: stain/separation-augment }] }
      optimizer: { uses: model/adam, with: { lr: 0.001 } }
`;

function laterEpoch(training, engine) {
  const place = mkdtempSync(join(tmpdir(), "eosin-engine-epochs-"));
  try {
    return trainedEpochs(place, document(training, engine), EPOCHS).at(-1);
  } finally {
    rmSync(place, { recursive: true, force: true });
  }
}

const rows = [];
for (const training of trainings.filter(({ name }) => name.includes(flags.only ?? ""))) {
  const seconds = new Map();
  for (const engine of flags.engines.split(",")) seconds.set(engine, laterEpoch(training, engine.split(":")));
  for (const [engine, ours] of seconds) {
    if (engine === "wasm") continue;
    const peer = seconds.get("wasm");
    const name = `epoch, ${training.name}; ${engine.replace(":", " ")}, peer wasm`;
    rows.push({ name, ours, peer, unit: "s", ratio: ours / peer, must: null });
    console.log(
      `${name.padEnd(84)} ${ours.toFixed(1).padStart(7)} ${peer.toFixed(1).padStart(8)} s  ${(ours / peer).toFixed(3)}`,
    );
  }
}
const file =
  flags.json ??
  (flags.only || flags.engines !== "torch,torch:bfloat16,wasm" ? undefined : path("results/engine-epochs.json"));
if (file) writeResults(file, rows, { threads: 2 });

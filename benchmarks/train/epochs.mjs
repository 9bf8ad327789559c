// Whole epochs of the paper's training, loader and mixed augmentation included, on PNGs of the official size.
import { mkdirSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { JsonLinesProcess } from "./json-lines-process.mjs";
import { trainedEpochs } from "./trained-epochs.mjs";
import { trainingDocument } from "./training-document.mjs";

const require = createRequire(new URL("../../packages/plugins-data/package.json", import.meta.url));
const sharp = require("sharp");
const path = (name) => fileURLToPath(new URL(name, import.meta.url));

const SIDE = 1500;
const PER_SCANNER = 16;
const EPOCHS = 3;
const setup = { encoder: "efficientnet-b0", size: 256, batch: 8 };

/** @param data A folder in the official layout, of smaller patches. @param target Receives some of them at full size. */
async function enlarge(data, target) {
  for (const scanner of readdirSync(join(data, "task2")).sort()) {
    const names = readdirSync(join(data, "task2", scanner, "image"))
      .sort()
      .slice(0, PER_SCANNER);
    for (const kind of ["image", "mask"]) {
      mkdirSync(join(target, "task2", scanner, kind), { recursive: true });
      for (const name of names) {
        const kernel = kind === "mask" ? "nearest" : "cubic";
        const file = sharp(join(data, "task2", scanner, kind, name)).resize(SIDE, SIDE, { fit: "fill", kernel });
        await file.png().toFile(join(target, "task2", scanner, kind, name));
      }
    }
  }
}

const steps = (folder) => `  data: { uses: data/cosas, with: { root: ${JSON.stringify(folder)}, task: 2 } }
  none: { uses: data/synthetic, with: { scanners: 1, perScanner: 2, size: 64 } }
  split: { uses: data/train-external, with: { train: "\${steps.data}", test: "\${steps.none}", validation: 0 } }`;

function runOurs(folder, precision) {
  const place = mkdtempSync(join(folder, "run-"));
  const engine = `{ name: torch, precision: ${precision}, device: cpu }`;
  return trainedEpochs(place, trainingDocument({ ...setup, engine, steps: steps(folder), epochs: EPOCHS }), EPOCHS);
}

/** @param seconds That the peer learns each stain matrix: 0 is NumPy's exact form, 1 what SPAMS takes by default. */
async function runPeer(python, folder, seconds, options) {
  const env = { ...process.env, EOSIN_PEER_LEARNING_SECONDS: String(seconds) };
  const peer = new JsonLinesProcess("peer", python, [path("../peers/epoch.py")], { env });
  const answers = [];
  for (let epoch = 0; epoch < EPOCHS; epoch++) {
    answers.push(await peer.ask({ do: "epoch", folder, workers: 2, ...setup, ...options }));
  }
  await peer.close();
  return { seconds: answers.map((answer) => answer.seconds), stain: answers[0].stain };
}

const meanOf = (values) => values.reduce((total, value) => total + value, 0) / values.length;

/** @returns Rows of the benchmark's table. */
export async function measureEpochs({ python, data, threads }) {
  const folder = mkdtempSync(join(tmpdir(), "eosin-epochs-"));
  try {
    await enlarge(data, folder);
    const rows = [];
    for (const precision of ["float32", "bfloat16"]) {
      // Before and after the peers: a machine's other tenants come and go.
      const runs = [runOurs(folder, precision)];
      const asOurs = { precision, threads };
      const asThePaper = { precision: "float32", layout: "nchw", threads };
      const peers = [
        { options: asOurs, learning: 1, words: "" },
        { options: asOurs, learning: 0, words: "" },
        ...(precision === "bfloat16"
          ? [{ options: asThePaper, learning: 1, words: "peer as the paper's code, float32 NCHW; " }]
          : []),
      ];
      const measured = [];
      for (const peer of peers) {
        measured.push({ ...peer, ...(await runPeer(python, folder, peer.learning, peer.options)) });
      }
      runs.push(runOurs(folder, precision));
      const ours = { first: meanOf(runs.map(([first]) => first)), mean: meanOf(runs.flatMap((run) => run.slice(1))) };
      for (const { words, seconds, stain } of measured) {
        const about = `${3 * PER_SCANNER} patches of ${SIDE}², B0 256 px, ${precision}; ${words}peer's stains: ${stain}`;
        const how = { unit: "s", must: 0.35, reach: 0.2 };
        rows.push({ name: `epoch, ${about}`, ours: ours.mean, peer: meanOf(seconds.slice(1)), ...how });
        rows.push({ name: `first epoch (ours with opening), ${about}`, ours: ours.first, peer: seconds[0], ...how });
      }
    }
    return rows;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

// The whole sample loader: images a second by number of worker threads (decode, resize to 640, flip, rotate, the
// paper's mixture of stain augmentation, batches of 8), on PNGs of 1500×1500 in a temporary folder, read from the page
// cache. First epoch: a fresh loader decodes, and starts its threads. Other files: the same loader decodes, its threads
// running. Later epoch: from the loader's cache. With 0 workers, decoding still runs on libuv's threads.
// Also the mean milliseconds of the mixture of stain augmentation on one patch, one thread. Ours alone: no peer. Prints
// a table and writes results/loader.json. images/s: larger is better; ms: smaller is better (--clock cpu: of computing
// time, where others use the machine too).
//   pnpm bench:loader [--only NAME] [--rounds 5] [--images 24] [--draws 240] [--clock cpu] [--data FOLDER] [--json FILE]
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { sampleLoader } from "../packages/plugin-api/dist/imaging/index.js";
import data from "../packages/plugins-data/dist/index.js";
import { runAsAStep } from "./as-a-step.mjs";
import { clocks } from "./clocks.mjs";
import { measureMixture, mixture } from "./loader/mixture.mjs";
import { writePatchFolder } from "./loader/patch-folder.mjs";
import { median, rowLine, writeResults } from "./result-file.mjs";
import { modules, specOf } from "./stain/components.mjs";
import { gatherTiles } from "./stain/pictures.mjs";

runAsAStep();

const { values: flags } = parseArgs({
  options: {
    only: { type: "string" },
    rounds: { type: "string", default: "5" },
    images: { type: "string", default: "24" },
    clock: { type: "string", default: "wall" },
    draws: { type: "string", default: "240" },
    data: { type: "string", default: fileURLToPath(new URL("../../shared/cosas-mini", import.meta.url)) },
    json: { type: "string", default: fileURLToPath(new URL("results/loader.json", import.meta.url)) },
  },
});
const rounds = Number(flags.rounds);
const PER_SCANNER = 12;
const SIDE = 1500;
const LATER_EPOCHS = 3;
const kinds = { first: "first epoch", decoded: "first epoch of other files", later: "later epoch" };
const size = { width: 640, height: 640 };
const service = data.services.find(({ token }) => token.symbol === sampleLoader.symbol);

/** Seconds of an epoch whose consumer does nothing but take batches. */
async function secondsOf(source, epoch) {
  const start = performance.now();
  for await (const batch of source.epoch(epoch)) batch.release();
  return (performance.now() - start) / 1000;
}

/** A fresh loader, with a cache and threads of its own: seconds of its first epoch, of each later one, of other files. */
async function measureLoader(request) {
  const loader = await service.create({});
  const source = await loader.open(request);
  const first = await secondsOf(source, 1);
  const later = [];
  for (let epoch = 2; epoch < 2 + LATER_EPOCHS; epoch++) later.push(await secondsOf(source, epoch));
  await source.close();
  const others = await loader.open({ ...request, dataset: asOtherFiles(request.dataset) });
  const decoded = await secondsOf(others, 1);
  await others.close();
  return { first, decoded, later };
}

/** The same pictures, but the loader takes them for files that it has not read yet. */
function asOtherFiles(dataset) {
  return { ...dataset, samples: dataset.samples.map((sample) => ({ ...sample, hash: `other ${sample.hash}` })) };
}

const wanted = (name) => !flags.only || name.includes(flags.only);
const folder = mkdtempSync(join(tmpdir(), "eosin-loader-"));
const rows = [];
function report(row) {
  rows.push({ peer: null, ratio: null, must: null, reach: null, peerName: null, ...row });
  console.log(rowLine(rows.at(-1)));
}
try {
  const { tiles, source } = await gatherTiles(flags.data, PER_SCANNER);
  console.log(`pictures: mosaics of ${source}`);
  const dataset = await writePatchFolder(folder, tiles, Number(flags.images), SIDE);
  const log = { info() {}, warn: (message) => console.warn(message) };
  const ids = dataset.samples.map(({ id }) => id);
  const request = { dataset, ids, size, batch: 8, shuffle: true, seed: 1, modules, log };
  const fitted = await (await service.create({})).fit(mixture, { ...request, workers: 2 });
  const geometry = [specOf("data/flip", { horizontal: 0.5, vertical: 0.5 }), specOf("data/rotate90", { p: 0.5 })].map(
    (spec) => ({ spec }),
  );
  const asked = { ...request, augmenters: [...geometry, fitted] };
  if (wanted("loader")) {
    const seconds = [0, 1, 2].map((workers) => ({ workers, first: [], decoded: [], later: [] }));
    for (let round = 0; round < rounds; round++) {
      for (const each of seconds) {
        const measured = await measureLoader({ ...asked, workers: each.workers });
        each.first.push(measured.first);
        each.decoded.push(measured.decoded);
        each.later.push(...measured.later);
      }
    }
    for (const { workers, ...epochs } of seconds) {
      const threads = `${workers} ${workers === 1 ? "worker" : "workers"}`;
      for (const [kind, times] of Object.entries(epochs)) {
        report({ name: `loader, ${kinds[kind]}, ${threads}`, ours: ids.length / median(times), unit: "images/s" });
      }
    }
  }
  if (wanted("mixed stain augmentation")) {
    const ms = await measureMixture(tiles, fitted.state, Number(flags.draws), clocks[flags.clock]);
    const name = "mixed stain augmentation, 640 px";
    report({ name, ours: ms.first, unit: "ms", must: 6 });
    report({ name: `${name}, stain matrices remembered`, ours: ms.again, unit: "ms" });
  }
  if (!flags.only) writeResults(flags.json, rows, { clock: flags.clock, pictures: source });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

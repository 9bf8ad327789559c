// What a look at 10 000 patches of 256 px costs: `pipe data check` as a whole process, cold (nothing looked at, files in
// the page cache) and again; beside a Python program with Pillow and numpy (EOSIN_PYTHON, else python3) that finds the
// same figures and the same near-duplicates, and writes them, on as many processes as there are cores. Also the folder of 180 patches.
// Prints a table and writes results/data.json. s and MiB: smaller is better.
//   pnpm bench:data [--count 10000] [--no-peer] [--data FOLDER] [--patches FOLDER] [--json FILE]
// --patches: where the patches are, or are written to stay: it takes longer to draw them than to look at them.
import { existsSync, mkdtempSync, renameSync, rmSync } from "node:fs";
import { availableParallelism, tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measureProcess } from "./data/measure-process.mjs";
import { writePatches } from "./data/patches.mjs";
import { rowLine, writeResults } from "./result-file.mjs";
import { gatherTiles } from "./stain/pictures.mjs";

const { values: flags } = parseArgs({
  options: {
    count: { type: "string", default: "10000" },
    peer: { type: "boolean", default: true },
    data: { type: "string", default: fileURLToPath(new URL("../../shared/cosas-mini", import.meta.url)) },
    patches: { type: "string" },
    json: { type: "string", default: fileURLToPath(new URL("results/data.json", import.meta.url)) },
  },
  allowNegative: true,
});
const count = Number(flags.count);
const cli = fileURLToPath(new URL("../packages/cli/dist/bin.js", import.meta.url));
const python = process.env.EOSIN_PYTHON ?? "python3";
const peerProgram = fileURLToPath(new URL("peers/look.py", import.meta.url));

const rows = [];
function report(row) {
  rows.push({ peer: null, ratio: null, must: null, reach: null, peerName: null, ...row });
  console.log(rowLine(rows.at(-1)));
}

const folder = mkdtempSync(join(tmpdir(), "eosin-data-"));
try {
  const patches = flags.patches ?? join(folder, "patches");
  if (!existsSync(patches)) await drawPatches(patches);
  await compare(`look at ${count} patches of 256 px`, patches, count, { cold: 60, again: 2, memory: 1024, ratio: 0.5 });
  if (existsSync(flags.data)) await compare("look at cosas-mini", flags.data, 180, {});
} finally {
  rmSync(folder, { recursive: true });
}
writeResults(flags.json, rows, { count });

async function drawPatches(patches) {
  const { tiles, source } = await gatherTiles(flags.data, 60);
  const started = performance.now();
  // Whole or not there at all.
  const partial = `${patches}.partial`;
  rmSync(partial, { recursive: true, force: true });
  await writePatches(partial, tiles, count);
  renameSync(partial, patches);
  const seconds = (performance.now() - started) / 1000;
  console.log(`${count} patches of 256 px from ${source}, written in ${seconds.toFixed(0)} s`);
}

async function compare(
  name,
  data,
  images,
  { cold: mustCold = null, again: mustAgain = null, memory = null, ratio = null },
) {
  const store = mkdtempSync(join(folder, "store-"));
  const look = () =>
    measureProcess(process.execPath, [cli, "data", "check", data, "--store", store, "--out", join(store, "page.html")]);
  const cold = await look();
  const again = await look();
  const peer = flags.peer
    ? await measureProcess(python, [peerProgram, data, String(availableParallelism()), join(store, "peer")])
    : undefined;
  const peerName = peer ? "Pillow and numpy" : null;
  report({
    name: `${name}, cold`,
    unit: "s",
    ours: cold.seconds,
    peer: peer?.seconds ?? null,
    ratio: peer ? cold.seconds / peer.seconds : null,
    must: mustCold,
    peerName,
    mustRatio: ratio,
  });
  report({
    name: `${name}, cold`,
    unit: "images/s",
    ours: images / cold.seconds,
    peer: peer ? images / peer.seconds : null,
    peerName,
  });
  report({ name: `${name}, again`, unit: "s", ours: again.seconds, must: mustAgain });
  report({ name: `${name}, memory at the peak`, unit: "MiB", ours: cold.peakBytes / 2 ** 20, must: memory });
}

// Augmenters beside batchgeneratorsv2 (nnU-Net's) and Albumentations: patches of 256 px with a mask, a second, on one
// thread. All sides in the same run, taking turns, another cut of the picture each call; a turn's figure is its mean, since
// what is drawn differs, and the median over the turns counts. Prints a table and writes results/augment.json.
// Larger is better, and a ratio (ours / peer) above 1 is better for us.
//   pnpm bench:augment [--python PATH] [--only NAME] [--rounds 9] [--clock cpu] [--data FOLDER] [--json FILE]
// --clock cpu: each side's own computing time, where others use the machine too.
// Needs a Python with batchgeneratorsv2 and albumentations, or one of them (peers/README.md); without --python, and where
// EOSIN_PYTHON names none, python3.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runAsAStep } from "./as-a-step.mjs";
import { rows as planned } from "./augment/rows.mjs";
import { median, rowLine, writeResults } from "./result-file.mjs";
import { gatherTiles, mosaic, placeOf, writePicture } from "./stain/pictures.mjs";
import { JsonLinesProcess } from "./train/json-lines-process.mjs";

runAsAStep();

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const { values: flags } = parseArgs({
  options: {
    python: { type: "string", default: process.env.EOSIN_PYTHON ?? "python3" },
    only: { type: "string" },
    rounds: { type: "string", default: "9" },
    clock: { type: "string", default: "wall" },
    data: { type: "string", default: path("../../shared/cosas-mini") },
    json: { type: "string", default: path("results/augment.json") },
  },
});
const rounds = Number(flags.rounds);
const SIDE = 256;
/** The picture is larger than a patch: no two calls see the same one. */
const PICTURE = 1200;
const PER_SCANNER = 4;
/** Calls at the start of a turn that do not count: the other side's turn left the caches with its own data. */
const UNTIMED = 2;
const oneThread = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };

let cuts = 0;

async function measureRow({ name, method, times, must }, sides, ways) {
  const all = [{ name: "ours", side: "ours", means: [] }];
  for (const way of ways[method] ?? []) all.push({ name: way, side: "peer", way, means: [] });
  const turn = async (counts) => {
    const offsets = Array.from({ length: times + UNTIMED }, () => placeOf(cuts++, PICTURE - SIDE));
    for (const each of all) {
      const request = { do: "measure", method, peer: each.way, side: SIDE, offsets, clock: flags.clock };
      const { ms, unchanged } = await sides[each.side].ask(request);
      if (unchanged === ms.length) throw new Error(`${each.name}: ${name} left every patch as it was`);
      if (counts) each.means.push(ms.slice(UNTIMED).reduce((sum, value) => sum + value, 0) / times);
    }
  };
  // Compiling, the first touch of memory, and what peers measure once to choose their way.
  for (let i = 0; i < 3; i++) await turn(false);
  for (let round = 0; round < rounds; round++) await turn(true);
  const figures = all.map((each) => ({ name: each.name, figure: 1000 / median(each.means) }));
  const [{ figure: ours }, ...peers] = figures;
  const fastest = peers.sort((a, b) => b.figure - a.figure)[0];
  return {
    name,
    ours,
    peer: fastest?.figure ?? null,
    unit: "patches/s",
    ratio: fastest ? ours / fastest.figure : null,
    must,
    better: "larger",
    reach: null,
    peerName: fastest?.name ?? null,
    peers: Object.fromEntries(peers.map((each) => [each.name, each.figure])),
  };
}

const folder = mkdtempSync(join(tmpdir(), "eosin-augment-"));
const measured = [];
try {
  const { tiles, source } = await gatherTiles(flags.data, PER_SCANNER);
  const files = tiles.map((_, index) => join(folder, `tile-${index}.png`));
  for (const [index, { image }] of tiles.entries()) await writePicture(files[index], image);
  const picture = join(folder, "mosaic.png");
  await writePicture(picture, mosaic(tiles, PICTURE, 1));
  const sides = {
    ours: new JsonLinesProcess("ours", process.execPath, [path("augment/ours.mjs")]),
    peer: new JsonLinesProcess("peer", flags.python, [path("peers/augment.py")], {
      env: { ...process.env, ...oneThread },
    }),
  };
  await sides.ours.ask({ do: "open", picture, learnFrom: files });
  const { peers: ways, versions } = await sides.peer.ask({ do: "open", picture, learnFrom: files });
  console.log(`pictures: a mosaic of ${source}; peers: ${JSON.stringify(versions)}`);
  for (const row of planned.filter(({ name }) => !flags.only || name.includes(flags.only))) {
    measured.push(await measureRow(row, sides, ways));
    console.log(rowLine(measured.at(-1)));
  }
  await Promise.all([sides.ours.close(), sides.peer.close()]);
  if (!flags.only) writeResults(flags.json, measured, { clock: flags.clock, pictures: source, peers: versions });
} finally {
  rmSync(folder, { recursive: true });
}

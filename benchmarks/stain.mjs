// Stain methods beside what the public Python codes do: whole operations on one thread, the fit of the source included
// (own brightness, stain matrix, statistics), targets fitted beforehand. Both sides in the same run, taking turns,
// medians; each turn begins with a call that does not count, and all processes start as `pipe run` starts a step. Prints
// a table and writes results/stain.json.
// MPix/s and speed-up: larger is better, and a ratio (ours / peer) above 1 is better for us. ms: smaller is better.
//   pnpm bench:stain [--python PATH] [--only NAME] [--rounds 11] [--clock cpu] [--data FOLDER] [--json FILE]
// --clock cpu: each side's own computing time, where others use the machine too (the speed-up is always of the world's).
// Needs a Python with numpy, OpenCV and scikit-image (peers/README.md). The pictures are mosaics of the folder's patches
// (task2/<scanner>/image/<id>.png) or, where it is absent, of patches that data/synthetic draws.
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runAsAStep } from "./as-a-step.mjs";
import { rowLine, writeResults } from "./result-file.mjs";
import { measureRow } from "./stain/measure.mjs";
import { almostBlack, almostWhite, gatherTiles, mosaic, placeOf, writePicture } from "./stain/pictures.mjs";
import { rows as planned } from "./stain/rows.mjs";
import { measureTwoWorkers } from "./stain/two-workers.mjs";
import { JsonLinesProcess } from "./train/json-lines-process.mjs";

runAsAStep();

const path = (name) => fileURLToPath(new URL(name, import.meta.url));
const { values: flags } = parseArgs({
  options: {
    python: { type: "string", default: process.env.EOSIN_PYTHON ?? "python3" },
    only: { type: "string" },
    rounds: { type: "string", default: "11" },
    clock: { type: "string", default: "wall" },
    data: { type: "string", default: path("../../shared/cosas-mini") },
    json: { type: "string", default: path("results/stain.json") },
  },
});
const rounds = Number(flags.rounds);
const WARM_UP = 4;
const PER_SCANNER = 12;
/** Pictures are cut from a mosaic that is a little larger, each elsewhere: no two calls see the same one. */
const SIDE = 1500;
const ROOM = 64;
const IMAGES_FOR_WORKERS = 8;
const twoWorkers = { name: "SPCN normalisation, two workers", must: 1.8 };
const oneThread = { OMP_NUM_THREADS: "1", OPENBLAS_NUM_THREADS: "1", MKL_NUM_THREADS: "1" };

let cutCount = 0;
const cuts = () => placeOf(cutCount++, ROOM);

async function preparePictures(folder) {
  const { tiles, source } = await gatherTiles(flags.data, PER_SCANNER);
  const whole = mosaic(tiles, SIDE + ROOM, 1);
  const pictures = { mosaic: whole, black: almostBlack(whole), white: almostWhite(whole), target: tiles[0].image };
  tiles.forEach(({ image }, index) => {
    pictures[`tile-${index}`] = image;
  });
  const files = {};
  for (const [name, picture] of Object.entries(pictures)) {
    files[name] = join(folder, `${name}.png`);
    await writePicture(files[name], picture);
  }
  const learnFrom = tiles.map((_, index) => files[`tile-${index}`]);
  return { whole, files, learnFrom, source };
}

const wanted = ({ name }) => !flags.only || name.includes(flags.only);
const folder = mkdtempSync(join(tmpdir(), "eosin-stain-"));
const rows = [];
const report = (row) => {
  rows.push(row);
  console.log(rowLine(row));
};
try {
  const { whole, files, learnFrom, source } = await preparePictures(folder);
  const sides = {
    ours: new JsonLinesProcess("ours", process.execPath, [path("stain/ours.mjs")]),
    peer: new JsonLinesProcess("peer", flags.python, [path("peers/stain_methods.py")], {
      env: { ...process.env, ...oneThread },
    }),
  };
  const { templates } = await sides.ours.ask({ do: "open", target: files.target, learnFrom });
  const about = await sides.peer.ask({ do: "open", target: files.target, templates });
  console.log(`pictures: mosaics of ${source}; peers: ${JSON.stringify(about.versions)}`);
  for (const row of planned.filter(wanted)) {
    const picture = files[row.picture ?? "mosaic"];
    report(
      await measureRow({ row, picture, sides, peers: about.peers, rounds, warmUp: WARM_UP, cuts, clock: flags.clock }),
    );
  }
  await Promise.all([sides.ours.close(), sides.peer.close()]);
  if (wanted(twoWorkers)) {
    const setting = {
      picture: whole,
      target: files.target,
      side: SIDE,
      images: IMAGES_FOR_WORKERS,
      rounds,
      cuts,
    };
    report(await measureTwoWorkers({ ...twoWorkers, ...setting }));
  }
  if (!flags.only) writeResults(flags.json, rows, { clock: flags.clock, pictures: source, peers: about.versions });
} finally {
  rmSync(folder, { recursive: true, force: true });
}

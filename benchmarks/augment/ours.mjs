// Our side of the benchmark of augmenters: a process that answers JSON lines as the peer does (../peers/README.md).
import { createRng } from "../../packages/plugin-api/dist/index.js";
import { clocks } from "../clocks.mjs";
import { serveJsonLines } from "../serve-json-lines.mjs";
import { cut, readPicture, sharp } from "../stain/pictures.mjs";
import { augmentersOf } from "./methods.mjs";

sharp.concurrency(1);
const built = new Map();
let picture;
let learnFrom;
let calls = 0;

/** A patch of 256 px and a mask of what is dark in it. */
function sampleAt(side, x, y) {
  const image = cut(picture, side, side, x, y);
  const mask = new Uint8Array(side * side);
  for (let i = 0; i < mask.length; i++) mask[i] = image.data[3 * i] < 150 ? 1 : 0;
  return { id: `patch ${calls}`, domain: "", image, mask: { width: side, height: side, data: mask } };
}

const commands = {
  async open(request) {
    picture = await readPicture(request.picture);
    learnFrom = [];
    for (const file of request.learnFrom) learnFrom.push({ id: file, domain: "", image: await readPicture(file) });
    return {};
  },

  async measure({ method, side, offsets, clock }) {
    if (!built.has(method)) built.set(method, await augmentersOf(method, learnFrom));
    const augmenters = built.get(method);
    const ms = [];
    let unchanged = 0;
    for (const [x, y] of offsets) {
      calls++;
      const given = sampleAt(side, x, y);
      const visited = [];
      const start = clocks[clock]();
      let sample = given;
      for (const [index, augmenter] of augmenters.entries()) {
        sample = augmenter.apply(sample, createRng("benchmark", index, calls));
        visited.push(sample.image);
      }
      // As the loader does when it has copied a sample.
      for (const image of visited) image.release?.();
      ms.push(clocks[clock]() - start);
      if (sample === given) unchanged++;
    }
    return { ms, unchanged };
  },
};

await serveJsonLines(commands);

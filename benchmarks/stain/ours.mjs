// Our side of the stain benchmark: a process that answers JSON lines as the peer does (../peers/README.md).
import { createRng } from "../../packages/plugin-api/dist/index.js";
import { clocks } from "../clocks.mjs";
import { serveJsonLines } from "../serve-json-lines.mjs";
import { build } from "./components.mjs";
import { cut, readPicture, sharp } from "./pictures.mjs";

sharp.concurrency(1);
const pictures = new Map();
const operations = new Map();
let target;
const templates = {};
let calls = 0;

/** Component and options of each method; what is only known once opened is asked for then. */
const methods = {
  spcn: () => ["stain/spcn", { target }],
  macenko: () => ["stain/macenko", { target, form: "staintools" }],
  "macenko-torchstain": () => ["stain/macenko", { target, form: "torchstain" }],
  reinhard: () => ["stain/reinhard", { target }],
  "reinhard-real": () => ["stain/reinhard", { target, lab: "float" }],
  randstainna: () => ["stain/randstainna", { template: templates.lab }],
  "randstainna-hsv": () => ["stain/randstainna", { colourSpace: "hsv", template: templates.hsv }],
  "separation-augment": () => ["stain/separation-augment"],
  "hed-jitter": () => ["stain/hed-jitter"],
  "colour-jitter": () => ["stain/colour-jitter"],
  grey: () => ["stain/grey", { p: 1 }],
};

/** A function from a picture to a picture, through the component as a pipeline builds it. */
async function operationOf(method) {
  const component = await build(...methods[method]());
  if (component.normalize) return (image) => component.normalize(image, `picture ${calls}`);
  // stain/separation-augment remembers stain matrices by sample and content. Neither comes twice: the name counts the
  // calls and the benchmark cuts each picture elsewhere, so that every timed call learns its dictionary.
  return (image) => component.apply({ id: `picture ${calls}`, domain: "", image }, createRng("benchmark", calls)).image;
}

function meanColour({ data }) {
  const sums = [0, 0, 0];
  for (let i = 0; i < data.length; i++) sums[i % 3] += data[i];
  return sums.map((sum) => (3 * sum) / data.length);
}

const commands = {
  /** RandStainNA's templates are learned here, from the named pictures, and given to the peer. */
  async open(request) {
    target = request.target;
    const learned = [];
    for (const file of request.learnFrom) learned.push({ id: file, domain: "", image: await readPicture(file) });
    for (const space of ["lab", "hsv"]) {
      templates[space] = await (await build("stain/randstainna", { colourSpace: space })).fit(learned);
    }
    return { templates };
  },

  async measure({ method, picture, width, height, offsets, clock }) {
    if (!pictures.has(picture)) pictures.set(picture, await readPicture(picture));
    if (!operations.has(method)) operations.set(method, await operationOf(method));
    const operation = operations.get(method);
    const ms = [];
    let unchanged = 0;
    let out;
    for (const [x, y] of offsets) {
      const image = cut(pictures.get(picture), width, height, x, y);
      calls++;
      const start = clocks[clock]();
      out = operation(image);
      ms.push(clocks[clock]() - start);
      if (out === image) unchanged++;
      // As the loader does when it has copied a picture; the last one is looked at below.
      else if (ms.length < offsets.length) out.release?.();
    }
    return { ms, mean: meanColour(out), unchanged };
  },
};

await serveJsonLines(commands);

// A thread that normalises its share of the pictures several times over, or does as many rounds of a plain loop.
import { parentPort, workerData } from "node:worker_threads";
import { build } from "./components.mjs";

const { target, images, times } = workerData;
const normalizer = await build("stain/spcn", { target });

/** Additions in a register, about as long as a picture takes: what a second thread gives where no memory is shared. */
function plainLoop() {
  let sum = 0;
  for (let i = 0; i < 20_000_000; i++) sum = (sum + Math.imul(i, 0x9e3779b1)) | 0;
  return sum;
}

let sink = 0;
parentPort.on("message", (task) => {
  if (task === "loop") {
    for (let time = 0; time < times * images.length; time++) sink ^= plainLoop();
    parentPort.postMessage(sink);
    return;
  }
  for (let time = 0; time < times; time++) {
    for (const [index, image] of images.entries()) {
      const made = normalizer.normalize(image, `picture ${index}`);
      if (made === image) throw new Error("a picture was left as it was");
      made.release();
    }
  }
  parentPort.postMessage("done");
});
parentPort.postMessage("ready");

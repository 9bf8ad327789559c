// A thread that normalises its share of the pictures several times over, each time it is told to.
import { parentPort, workerData } from "node:worker_threads";
import { build } from "./components.mjs";

const { target, images, times } = workerData;
const normalizer = await build("stain/spcn", { target });
parentPort.on("message", () => {
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

import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { expect, test } from "vitest";
import { temporaryFolder } from "../testing/draw-files.test-support.js";
import { writeTiff } from "../testing/write-tiff.test-support.js";

// Threads load the built package, so what is tested is the built package.
const built = new URL("../../dist/index.js", import.meta.url).href;

test.each([
  ["8", Uint8Array.from([1, 2, 3, 4, 5, 6])],
  ["16", Uint16Array.from([1, 2, 3, 4, 5, 6])],
])("a TIFF of %s bits is read in a thread that was started without data", async (bits, data) => {
  const path = join(await temporaryFolder(), `${bits}.tif`);
  await writeTiff(path, [{ width: 2, height: 1, samples: 3, data }]);
  const program = `
    import(${JSON.stringify(built)})
      .then(({ readImage }) => readImage(${JSON.stringify(path)}, { range: 255 }))
      .then(({ image }) => require("node:worker_threads").parentPort.postMessage([...image.data]));`;
  const worker = new Worker(program, { eval: true });
  const pixels = await new Promise((resolve, reject) => worker.once("message", resolve).once("error", reject));
  await worker.terminate();
  expect(pixels).toEqual([1, 2, 3, 4, 5, 6]);
});

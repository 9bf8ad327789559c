import { once } from "node:events";
import { Worker } from "node:worker_threads";
import { median } from "../result-file.mjs";
import { cut } from "./pictures.mjs";

/** How often a turn goes through its pictures: a thread that was idle needs a picture or two to get up to speed. */
const TIMES = 4;

/** Turns that compile. */
const UNTIMED = 3;

/**
 * Speed-up of SPCN by a second worker thread: the same pictures normalised by one worker, and shared between two, in
 * turns. Each worker has its pictures and its component beforehand.
 * @param images Pictures a turn, even. @param cuts Gives the place of the next cut.
 */
export async function measureTwoWorkers({ name, must, picture, target, side, images, rounds, cuts }) {
  const given = Array.from({ length: images }, () => cut(picture, side, side, ...cuts()));
  const open = async (share) => {
    const worker = new Worker(new URL("./spcn-worker.mjs", import.meta.url), {
      workerData: { target, images: share, times: TIMES },
    });
    await once(worker, "message");
    return worker;
  };
  const one = [await open(given)];
  const two = [await open(given.slice(0, images / 2)), await open(given.slice(images / 2))];
  const turn = async (workers) => {
    const start = performance.now();
    await Promise.all(
      workers.map((worker) => {
        worker.postMessage("normalise");
        return once(worker, "message");
      }),
    );
    return performance.now() - start;
  };
  const speedUps = [];
  for (let round = -UNTIMED; round < rounds; round++) {
    // Turns that follow each other are compared: what else the machine does changes more slowly.
    const [alone, shared] = [await turn(one), await turn(two)];
    if (round >= 0) speedUps.push(alone / shared);
  }
  await Promise.all([...one, ...two].map((worker) => worker.terminate()));
  return {
    name,
    ours: median(speedUps),
    peer: null,
    unit: "speed-up",
    ratio: null,
    must,
    reach: null,
    peerName: null,
  };
}

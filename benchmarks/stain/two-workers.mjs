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
 * turns. Each worker has its pictures and its component beforehand. The peer is a plain loop in the same threads, in
 * turns with it: what this machine gives by a second thread at all.
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
  const turn = async (workers, task) => {
    const start = performance.now();
    await Promise.all(
      workers.map((worker) => {
        worker.postMessage(task);
        return once(worker, "message");
      }),
    );
    return performance.now() - start;
  };
  const speedUps = { normalise: [], loop: [] };
  for (let round = -UNTIMED; round < rounds; round++) {
    // Turns that follow each other are compared: what else the machine does changes more slowly.
    for (const task of ["normalise", "loop"]) {
      const [alone, shared] = [await turn(one, task), await turn(two, task)];
      if (round >= 0) speedUps[task].push(alone / shared);
    }
  }
  await Promise.all([...one, ...two].map((worker) => worker.terminate()));
  const [ours, peer] = [median(speedUps.normalise), median(speedUps.loop)];
  return { name, ours, peer, unit: "speed-up", ratio: ours / peer, must, reach: null, peerName: "plain loop" };
}

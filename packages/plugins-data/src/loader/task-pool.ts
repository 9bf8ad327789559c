import type { Logger } from "@eosin/plugin-api";
import { Piscina } from "piscina";
import { createSampleTaskRunner, type SampleTask, type SampleTaskRunner } from "./sample-task.js";
import { unpackError, type WorkerReply } from "./worker-reply.js";

/** A thread that had nothing to do for so long ends; between epochs it must live on. */
const IDLE_MILLISECONDS = 120_000;

/** Worker threads by their number: sources that ask for as many share them. Idle threads do not keep a process alive. */
export class TaskPools {
  readonly #pools = new Map<number, Piscina<SampleTask, WorkerReply>>();

  /** @param workers 0 runs tasks on the calling thread. */
  runner(workers: number, log: Logger): SampleTaskRunner {
    if (workers === 0) return createSampleTaskRunner(log);
    const pool = this.#pools.get(workers) ?? this.#open(workers);
    const repeated = new Set<string>();
    return async (task) => {
      const { sample, error, said } = await pool.run(task);
      for (const { level, message } of said) {
        // Every worker would say the same once.
        if (!repeated.has(message)) log[level](message);
        repeated.add(message);
      }
      if (error) throw unpackError(error);
      return sample;
    };
  }

  #open(workers: number): Piscina<SampleTask, WorkerReply> {
    const pool = new Piscina<SampleTask, WorkerReply>({
      filename: new URL("./worker.js", import.meta.url).href,
      minThreads: 0,
      maxThreads: workers,
      idleTimeout: IDLE_MILLISECONDS,
      recordTiming: false,
    });
    this.#pools.set(workers, pool);
    return pool;
  }
}

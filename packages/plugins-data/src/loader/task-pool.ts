import { deserializeError, type Logger } from "@eosin/plugin-api";
import { Piscina } from "piscina";
import { createSampleTaskRunner, type SampleTask, type SampleTaskRunner } from "./sample-task.js";
import type { WorkerReply } from "./worker-reply.js";

/** A thread that had nothing to do for so long ends; between epochs it must live on. */
const IDLE_MILLISECONDS = 120_000;
/** Tasks that a thread holds: while a training step keeps the calling thread busy, nobody hands out another one. */
const TASKS_PER_THREAD = 4;

/** Worker threads by their number: sources that ask for as many share them. Idle threads do not keep a process alive. */
export class TaskPools {
  readonly #pools = new Map<number, Piscina<SampleTask, WorkerReply>>();

  /**
   * @param workers 0 runs tasks on the calling thread.
   * @param log Hears what each thread says, and so the same several times.
   */
  runner(workers: number, log: Logger): SampleTaskRunner {
    if (workers === 0) return createSampleTaskRunner(log);
    const pool = this.#pools.get(workers) ?? this.#open(workers);
    return async (task) => {
      const { result, error, said } = await pool.run(task);
      for (const { level, message, about } of said) log[level](message, about);
      if (error) throw deserializeError(error);
      return result ?? {};
    };
  }

  #open(workers: number): Piscina<SampleTask, WorkerReply> {
    const pool = new Piscina<SampleTask, WorkerReply>({
      filename: new URL("./worker.js", import.meta.url).href,
      minThreads: 0,
      maxThreads: workers,
      concurrentTasksPerWorker: TASKS_PER_THREAD,
      idleTimeout: IDLE_MILLISECONDS,
      recordTiming: false,
    });
    this.#pools.set(workers, pool);
    return pool;
  }
}

import { availableParallelism } from "node:os";

/** As many slots as the process may use cores; an instance takes as many slots as it has threads. */
export function defaultJobs(): number {
  return availableParallelism();
}

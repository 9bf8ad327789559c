import { serializeError } from "@eosin/plugin-api";
import { createSampleTaskRunner, type SampleTask } from "./sample-task.js";
import type { WorkerReply } from "./worker-reply.js";

/** The entry of a worker thread: one task in, one reply out. */
const said: WorkerReply["said"][number][] = [];
const run = createSampleTaskRunner({
  info: (message) => said.push({ level: "info", message }),
  warn: (message, about) => said.push({ level: "warn", message, about }),
});

export default async function runTask(task: SampleTask): Promise<WorkerReply> {
  try {
    return { result: await run(task), said: said.splice(0) };
  } catch (error) {
    return { error: serializeError(error), said: said.splice(0) };
  }
}

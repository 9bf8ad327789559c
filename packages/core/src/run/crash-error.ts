import type { SerializedError } from "@eosin/plugin-api";
import type { PlanInstance } from "../plan/plan.js";
import type { ProcessEnd } from "./process-end.js";

const again = "Then give the same command again: what is finished is kept.";

/** An instance's process that ended without a word: killed, crashed in native code, or ended by a plugin. */
export function crashError(
  instance: PlanInstance,
  ended: ProcessEnd,
  tail: readonly string[],
  logFile: string,
): SerializedError {
  const about = { place: instance.place, found: lastWords(tail, logFile) };
  if (tail.some((line) => line.includes("heap out of memory"))) {
    return {
      code: "OUT_OF_MEMORY",
      message: `${instance.id} ran out of memory: the JavaScript heap is full.`,
      ...about,
      next: `Use a smaller batch or image size, or a larger heap (NODE_OPTIONS=--max-old-space-size=MIB). ${again}`,
    };
  }
  if (ended.error) {
    return {
      code: "INSTANCE_CRASHED",
      message: `The process of ${instance.id} could not be started: ${ended.error.message}`,
      place: instance.place,
    };
  }
  if (ended.signal === "SIGKILL") {
    return {
      code: "INSTANCE_CRASHED",
      message: `${instance.id} was killed (SIGKILL): by hand, or by the system because memory ran out.`,
      ...about,
      next: `If memory ran out, use a smaller batch or image size, or fewer --jobs. ${again}`,
    };
  }
  if (ended.signal) {
    return {
      code: "INSTANCE_CRASHED",
      message: `${instance.id} crashed (${ended.signal}), most likely in native code.`,
      ...about,
      next: `Try another engine (--engine), or report it with the log. ${again}`,
    };
  }
  return {
    code: "INSTANCE_CRASHED",
    message: `The process of ${instance.id} ended with code ${ended.code} before the step did.`,
    ...about,
    next: `Look for process.exit in ${instance.plugin}: a step must not end its process. ${again}`,
  };
}

function lastWords(tail: readonly string[], logFile: string): string {
  if (tail.length === 0) return "nothing was printed before the end";
  return `its last lines (all of them in ${logFile}):\n${tail.slice(-5).join("\n")}`;
}

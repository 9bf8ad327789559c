import { readFileSync } from "node:fs";
import { hostname } from "node:os";

/** Names a process so that another one on the same machine can tell whether it still lives. Plain JSON. */
export interface ProcessIdentity {
  readonly pid: number;
  readonly host: string;
  /** When it started, in the system's own ticks: tells it from a later process with the same number. Linux only. */
  readonly started?: string;
}

/**
 * @example
 * writeFileSync("job.lock", JSON.stringify(thisProcess()));
 */
export function thisProcess(): ProcessIdentity {
  return { pid: process.pid, host: hostname(), started: linuxProcess(process.pid)?.started };
}

/** @returns Undefined where the process is on another machine. */
export function isAlive({ pid, host, started }: ProcessIdentity): boolean | undefined {
  if (host !== hostname()) return undefined;
  try {
    process.kill(pid, 0);
  } catch (error) {
    // EPERM: it exists and belongs to someone else.
    if ((error as NodeJS.ErrnoException).code !== "EPERM") return false;
  }
  const found = linuxProcess(pid);
  if (!found) return true;
  return found.state !== "Z" && (started === undefined || started === found.started);
}

function linuxProcess(pid: number): { state: string; started: string } | undefined {
  try {
    const line = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the command in parentheses and may hold anything; state is field 3, start time field 22.
    const fields = line.slice(line.lastIndexOf(")") + 2).split(" ");
    return { state: fields[0], started: fields[19] };
  } catch {
    return undefined;
  }
}

import { spawn } from "node:child_process";
import { createWriteStream } from "node:fs";
import { createInterface } from "node:readline";
import type { SerializedError } from "@eosin/plugin-api";
import type { PlanInstance } from "../plan/plan.js";
import { crashError } from "./crash-error.js";
import type { RunEvent } from "./event.js";
import type { ProcessEnd } from "./process-end.js";
import { stepEnvironment } from "./step-environment.js";

export type ChildOutcome =
  | { readonly type: "done" }
  /** Another run computed it meanwhile. */
  | { readonly type: "reused" }
  | { readonly type: "interrupted" }
  | { readonly type: "failed"; readonly error: SerializedError };

export interface ChildRequest {
  readonly instance: PlanInstance;
  /** Program and arguments, whole. */
  readonly command: readonly string[];
  /** Gets what the process prints. */
  readonly logFile: string;
  readonly signal?: AbortSignal;
  /** Over those of this process. */
  readonly env?: { readonly [name: string]: string | undefined };
  /** Hides secrets in what the process prints. */
  veil?(text: string): string;
  onEvent(event: RunEvent): void;
}

/** How long an interrupted step has to write a checkpoint. */
const graceMs = 10_000;

/** How long a process may live on after its instance is over: a plugin may have left threads or handles behind. */
const lingerMs = 3_000;

/** How long output may trickle in after the process has ended: its own children may hold the pipes open. */
const trickleMs = 1_000;

const tailLines = 20;

/** Runs one instance in a process of its own. Never throws: whatever happens to the process is an outcome. */
export async function runInChild(request: ChildRequest): Promise<ChildOutcome> {
  const { instance, command, signal, onEvent } = request;
  const [program, ...args] = command;
  const env = { ...stepEnvironment, ...process.env, ...request.env };
  const child = spawn(program, args, { stdio: ["ignore", "pipe", "pipe", "ipc"], windowsHide: true, env });
  let outcome: ChildOutcome | undefined;
  let kill: NodeJS.Timeout | undefined;
  const killAfter = (ms: number) => {
    kill ??= setTimeout(() => child.kill("SIGKILL"), ms);
  };
  child.on("message", (event: RunEvent) => {
    outcome = outcomeOf(event) ?? outcome;
    if (outcome) killAfter(lingerMs);
    if (event.type !== "instance-failed") onEvent(event);
  });

  const logFile = createWriteStream(request.logFile, { flags: "a" }).on("error", () => {});
  const tail: string[] = [];
  for (const output of [child.stdout!, child.stderr!]) {
    createInterface({ input: output }).on("line", (printed) => {
      const line = request.veil?.(printed) ?? printed;
      logFile.write(`${line}\n`);
      onEvent({ type: "instance-log", instance: instance.id, level: "info", message: line });
      tail.push(line);
      if (tail.length > tailLines) tail.shift();
    });
  }

  const interrupt = () => {
    child.kill("SIGTERM");
    killAfter(graceMs);
  };
  signal?.addEventListener("abort", interrupt);
  const ended = await end(child);
  signal?.removeEventListener("abort", interrupt);
  clearTimeout(kill);
  logFile.end();

  if (outcome && outcome.type !== "failed") return outcome;
  if (signal?.aborted) return { type: "interrupted" };
  return outcome ?? { type: "failed", error: crashError(instance, ended, tail, request.logFile) };
}

function outcomeOf(event: RunEvent): ChildOutcome | undefined {
  switch (event.type) {
    case "instance-failed":
      return { type: "failed", error: event.error };
    case "instance-done":
      return { type: "done" };
    case "instance-reused":
      return { type: "reused" };
    default:
      return undefined;
  }
}

function end(child: ReturnType<typeof spawn>): Promise<ProcessEnd> {
  return new Promise((resolve) => {
    child.on("error", (error) => resolve({ code: null, signal: null, error }));
    child.on("exit", (code, signal) => setTimeout(() => resolve({ code, signal }), trickleMs).unref());
    child.on("close", (code, signal) => resolve({ code, signal }));
  });
}

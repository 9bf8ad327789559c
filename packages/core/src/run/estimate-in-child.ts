import { fork } from "node:child_process";
import { fileURLToPath } from "node:url";

export interface EstimateRequest {
  /** Where the plan was written. */
  readonly planFile: string;
  /** Ids. */
  readonly instances: readonly string[];
  /** Over the variables of this process. */
  readonly env?: { readonly [name: string]: string | undefined };
  readonly signal?: AbortSignal;
}

/** From the process that estimates, for each instance as soon as it is known. */
export interface EstimatedMemory {
  readonly instance: string;
  readonly memoryBytes: number;
}

/** The paper's largest network takes a few seconds; a run must not wait for ever for what only schedules it. */
const patienceMs = 60_000;

// From the sources too: processes read no TypeScript.
const program = fileURLToPath(new URL("../../dist/run/estimate-process.js", import.meta.url));

/**
 * Asks components for the memory that instances will take, in a process of its own: estimates open engines, whose
 * native code must neither stay in the process of the run nor end it.
 * @returns Bytes, by instance; without those whose component cannot tell, or failed: they fail better by themselves.
 */
export async function estimateInChild(request: EstimateRequest): Promise<ReadonlyMap<string, number>> {
  const env = { ...process.env, ...request.env };
  const child = fork(program, [request.planFile, ...request.instances], { env, execArgv: [], stdio: "ignore" });
  const told = new Map<string, number>();
  child.on("message", ({ instance, memoryBytes }: EstimatedMemory) => told.set(instance, memoryBytes));
  const kill = () => child.kill("SIGKILL");
  const patience = setTimeout(kill, patienceMs);
  request.signal?.addEventListener("abort", kill);
  return new Promise((resolve) => {
    const end = () => {
      clearTimeout(patience);
      request.signal?.removeEventListener("abort", kill);
      resolve(told);
    };
    child.on("error", end).on("close", end);
  });
}

import { spawn } from "node:child_process";

export interface CommandResult {
  /** null where a signal ended it. */
  readonly status: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

export interface CommandOptions {
  readonly signal?: AbortSignal;
  readonly env?: NodeJS.ProcessEnv;
  /** It may ask its user at the terminal, as sudo does for a password. */
  readonly interactive?: boolean;
  readonly onLine?: (line: string) => void;
}

/** Runs a program to its end. @throws Error where it could not be started, or the signal ended it. */
export function runCommand(
  program: string,
  args: readonly string[],
  { signal, env, interactive = false, onLine }: CommandOptions = {},
): Promise<CommandResult> {
  signal?.throwIfAborted();
  return new Promise((resolve, reject) => {
    // A compiler's driver leaves the compiler itself running when it is ended: a group is ended as a whole.
    const child = spawn(program, args, {
      env: env ?? process.env,
      detached: !interactive,
      stdio: [interactive ? "inherit" : "ignore", "pipe", "pipe"],
    });
    const abort = () => {
      if (child.pid === undefined) return;
      try {
        process.kill(interactive ? child.pid : -child.pid, "SIGTERM");
      } catch {
        // It has ended by itself.
      }
    };
    signal?.addEventListener("abort", abort, { once: true });
    const texts = { stdout: "", stderr: "" };
    for (const name of ["stdout", "stderr"] as const) {
      let rest = "";
      child[name].setEncoding("utf8").on("data", (chunk: string) => {
        texts[name] += chunk;
        if (!onLine) return;
        const lines = (rest + chunk).split(/\r?\n/);
        rest = lines.pop() ?? "";
        lines.filter((line) => line.trim() !== "").forEach(onLine);
      });
    }
    child.on("error", reject);
    child.on("close", (status) => {
      signal?.removeEventListener("abort", abort);
      if (signal?.aborted) reject(signal.reason);
      else resolve({ status, ...texts });
    });
  });
}

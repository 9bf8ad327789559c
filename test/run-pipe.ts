import { execFile } from "node:child_process";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";

export const pipeBin = fileURLToPath(new URL("../packages/cli/dist/bin.js", import.meta.url));

/**
 * Without what this machine has for `pipe`: of the engines only those that come with it.
 * Plain text everywhere: a build service that sets CI or FORCE_COLOR would get colours.
 */
export const pipeEnvironment: NodeJS.ProcessEnv = {
  ...process.env,
  EOSIN_STORE: undefined,
  EOSIN_CACHE: join(tmpdir(), "eosin-test-empty-cache"),
  EOSIN_TORCH: undefined,
  NO_COLOR: "1",
  FORCE_COLOR: undefined,
};

export interface PipeOutcome {
  readonly code: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the built `pipe` as a user would; never throws for an exit code. */
export function runPipe(
  args: readonly string[],
  how: { cwd: string; env?: Record<string, string | undefined> },
): Promise<PipeOutcome> {
  const env = { ...pipeEnvironment, ...how.env };
  return new Promise((resolve) => {
    execFile(
      process.execPath,
      [pipeBin, ...args],
      { cwd: how.cwd, env, maxBuffer: 1 << 28 },
      (error, stdout, stderr) => {
        const code = error ? (typeof error.code === "number" ? error.code : 1) : 0;
        resolve({ code, stdout, stderr });
      },
    );
  });
}

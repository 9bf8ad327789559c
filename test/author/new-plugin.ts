import { execFile } from "node:child_process";
import { mkdir, mkdtemp, symlink } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { pipeEnvironment } from "../run-pipe.js";

const root = fileURLToPath(new URL("../../", import.meta.url));

/** A folder outside the clone from which what the clone has installed is found. */
export async function emptyProject(): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), "eosin-author-"));
  await mkdir(join(folder, "work"));
  await symlink(join(root, "node_modules"), join(folder, "node_modules"));
  return join(folder, "work");
}

export interface NpmOutcome {
  readonly code: number;
  readonly stdout: string;
  /** With what npm says beside it, such as that there is a newer npm. */
  readonly output: string;
}

/** Runs an npm script of the package in `cwd`, as its author would. */
export function npm(args: readonly string[], cwd: string): Promise<NpmOutcome> {
  return new Promise((resolve) => {
    execFile("npm", args, { cwd, env: pipeEnvironment, maxBuffer: 1 << 28 }, (error, stdout, stderr) => {
      const code = error ? (typeof error.code === "number" ? error.code : 1) : 0;
      resolve({ code, stdout, output: stdout + stderr });
    });
  });
}
